//! What people read, in their language: the messages of `locales/*/program`, in Project Fluent's syntax.
//!
//! The log stays English: `Display` of an error is what it says in English, [`Spoken::say`] what a
//! person is told.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unic_langid::LanguageIdentifier;

/// What stands in a sentence: a text, or a number that decides its plural form.
pub use fluent_bundle::FluentValue as Argument;

macro_rules! languages {
    ($($(#[$name:meta])* $language:ident = $tag:literal,)+) => {
        /// A language that Clove speaks. The tags are those of BCP 47.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[ts(export)]
        pub enum Language {
            $($(#[$name])* #[serde(rename = $tag)] $language,)+
        }

        impl Language {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$language,)+];

            /// Its tag, such as `de`.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self { $(Self::$language => $tag,)+ }
            }

            const fn catalogue(self) -> [&'static str; 4] {
                match self { $(Self::$language => [
                    include_str!(concat!("../../../locales/", $tag, "/program/account.ftl")),
                    include_str!(concat!("../../../locales/", $tag, "/program/doctor.ftl")),
                    include_str!(concat!("../../../locales/", $tag, "/program/errors.ftl")),
                    include_str!(concat!("../../../locales/", $tag, "/program/shell.ftl")),
                ],)+ }
            }
        }
    };
}

// Another language is another line, and its folder in locales/.
languages! {
    /// English, which every catalogue is measured by.
    English = "en",
    /// German.
    German = "de",
}

impl Language {
    /// The sentence of a message.
    #[must_use]
    pub fn say(self, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let bundle = self.bundle();
        let pattern = bundle.get_message(id).and_then(|message| message.value());
        debug_assert!(pattern.is_some(), "no message is called {id}");
        // A word that is missing stops nothing.
        let Some(pattern) = pattern else { return id.to_owned() };
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        said
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        BUNDLES[self as usize].get_or_init(|| self.new_bundle())
    }

    fn new_bundle(self) -> FluentBundle<FluentResource> {
        let locales = self.tag().parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(locales);
        // What stands in these sentences is a name, a path or a number: none is another's script.
        bundle.set_use_isolating(false);
        for source in self.catalogue() {
            // What cannot be read of it is missing: a test reads it all.
            let read = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(read, _)| read);
            bundle.add_resource_overriding(read);
        }
        bundle
    }
}

/// What a person can be told, in any language.
pub trait Spoken {
    /// The sentence in one language.
    fn say_in(&self, language: Language) -> String;

    /// The sentence in the language of this process.
    fn say(&self) -> String {
        self.say_in(spoken())
    }
}

/// A reason, as it is told to the person and to the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// In the language of this process.
    pub(crate) told: String,
    /// In English.
    pub(crate) logged: String,
}

impl Reason {
    /// The sentence of a message.
    pub(crate) fn say(id: &str) -> Self {
        Self { told: say(id, &[]), logged: Language::English.say(id, &[]) }
    }

    /// What an error says.
    pub(crate) fn of(error: &impl Spoken) -> Self {
        Self { told: error.say(), logged: error.say_in(Language::English) }
    }
}

/// The words of a server, which has one language.
impl From<String> for Reason {
    fn from(words: String) -> Self {
        Self { told: words.clone(), logged: words }
    }
}

/// `Display` says in English what a person is told, for the log.
macro_rules! said_in_english {
    ($error:ty) => {
        impl std::fmt::Display for $error {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.say_in(Language::English))
            }
        }
    };
}
pub(crate) use said_in_english;

/// The sentence of a message that needs no more, in the language of this process.
#[must_use]
pub fn told(id: &str) -> String {
    say(id, &[])
}

/// The sentence of a message in the language of this process.
#[must_use]
pub fn say(id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
    spoken().say(id, arguments)
}

/// The language of this process: one person looks at it.
static SPOKEN: AtomicUsize = AtomicUsize::new(0);

/// The language that this process speaks.
#[must_use]
pub fn spoken() -> Language {
    Language::ALL.get(SPOKEN.load(Ordering::Relaxed)).copied().unwrap_or(Language::English)
}

/// Speaks another language from now on.
pub fn speak(language: Language) {
    SPOKEN.store(language as usize, Ordering::Relaxed);
}

/// A language, and whose customs its dates and numbers follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// What is spoken.
    pub language: Language,
    /// A tag of BCP 47 in that language, such as `de-CH`.
    pub tag: String,
}

/// The language that was chosen, else the first of the system's that Clove speaks, else English. Its
/// region is the system's where that speaks the same language.
#[must_use]
pub fn locale(chosen: Option<Language>, system: impl IntoIterator<Item = String>) -> Locale {
    let named = |tag: String| {
        let tag: LanguageIdentifier = tag.parse().ok()?;
        let is_of = |language: &&Language| language.tag() == tag.language.as_str();
        let language = *Language::ALL.iter().find(is_of)?;
        Some(Locale { language, tag: tag.to_string() })
    };
    let mut spoken = system.into_iter().filter_map(named);
    let found = spoken.find(|locale| chosen.is_none_or(|language| locale.language == language));
    found.unwrap_or_else(|| {
        let language = chosen.unwrap_or(Language::English);
        Locale { language, tag: language.tag().to_owned() }
    })
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
