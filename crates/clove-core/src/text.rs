//! What people type, proved to be within bounds.

use serde::{Deserialize, Serialize};

use crate::words::{Language, Spoken, said_in_english};

/// The most characters (Unicode code points) a title has.
pub const TITLE_MAX: usize = 500;
/// The most characters (Unicode code points) a description has.
pub const DESCRIPTION_MAX: usize = 10_000;

/// What is to be done: 1 to [`TITLE_MAX`] characters, without space at either end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Title(String);

/// The longer text of a todo: 1 to [`DESCRIPTION_MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Description(String);

/// Why a text was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A title of nothing, or of spaces alone.
    TitleEmpty,
    /// A title over the bound.
    TitleTooLong(usize),
    /// A description of nothing, where its absence should stand.
    DescriptionEmpty,
    /// A description over the bound.
    DescriptionTooLong(usize),
    /// A control character (Unicode category Cc) other than newline and tab.
    ControlCharacter {
        /// The character that was found.
        character: char,
        /// Where, counted in characters from 1.
        position: usize,
    },
}

impl Spoken for Invalid {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::TitleEmpty => language.say("text-title-empty", &[]),
            Self::TitleTooLong(length) => {
                let bounds = [("length", (*length).into()), ("most", TITLE_MAX.into())];
                language.say("text-title-too-long", &bounds)
            }
            Self::DescriptionEmpty => language.say("text-description-empty", &[]),
            Self::DescriptionTooLong(length) => {
                let bounds = [("length", (*length).into()), ("most", DESCRIPTION_MAX.into())];
                language.say("text-description-too-long", &bounds)
            }
            Self::ControlCharacter { character, position } => {
                let code = format!("U+{:04X}", u32::from(*character));
                let found = [("code", code.into()), ("position", (*position).into())];
                language.say("text-control-character", &found)
            }
        }
    }
}
said_in_english!(Invalid);

impl Title {
    /// Parses what was typed.
    ///
    /// # Errors
    /// [`Invalid`] where it is empty, too long or has control characters.
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let text = clean(typed)?;
        match text.chars().count() {
            0 => Err(Invalid::TitleEmpty),
            length if length > TITLE_MAX => Err(Invalid::TitleTooLong(length)),
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Description {
    /// Parses what was typed; `None` where there is nothing but space.
    ///
    /// # Errors
    /// [`Invalid`] where it is too long or has control characters.
    pub fn parse(typed: &str) -> Result<Option<Self>, Invalid> {
        let text = clean(typed)?;
        match text.chars().count() {
            0 => Ok(None),
            length if length > DESCRIPTION_MAX => Err(Invalid::DescriptionTooLong(length)),
            _ => Ok(Some(Self(text))),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes line ends as `\n`, refuses control characters, trims.
///
/// U+FEFF is trimmed besides Unicode's white space because JavaScript's `trim` does so (ECMA-262,
/// `TrimString`), and both sides must agree on what is empty.
fn clean(typed: &str) -> Result<String, Invalid> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let control = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
    if let Some((index, character)) = text.chars().enumerate().find(|(_, c)| control(*c)) {
        return Err(Invalid::ControlCharacter { character, position: index + 1 });
    }
    Ok(text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').to_owned())
}

impl TryFrom<String> for Title {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for Description {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)?.ok_or(Invalid::DescriptionEmpty)
    }
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

impl From<Description> for String {
    fn from(description: Description) -> Self {
        description.0
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
