//! Todos out of a file that anybody may have written: Clove's own export, a todo.txt, a list in
//! Markdown or in plain lines, or a table (CSV).
//!
//! What does not fit a todo is spread over its description, or over several; nothing is cut off.

mod fit;
mod json;
mod lines;
mod table;

use std::collections::BTreeMap;

use crate::{
    clock::Millis,
    keep::view::{SkipReason, Skipped},
    text::{Description, Title},
    todo::Todo,
    words::{Language, Spoken, said_in_english},
};

/// The largest file that is read, in bytes.
pub const IMPORT_BYTES_MAX: usize = 10_000_000;
/// The most todos that are taken from one file.
pub const IMPORT_TODOS_MAX: usize = 100_000;

/// Why a file is not imported. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is over the bound.
    TooLarge,
    /// It holds too many.
    TooMany,
    /// It holds bytes that no text has.
    NotText,
    /// It is JSON, but not Clove's.
    NotExported,
    /// A later version of the format.
    Newer,
    /// A table without titles.
    NoTitles,
}

impl Spoken for ImportError {
    fn say_in(&self, language: Language) -> String {
        let id = match self {
            Self::TooLarge => "import-too-large",
            Self::TooMany => "import-too-many",
            Self::NotText => "import-not-text",
            Self::NotExported => "import-not-exported",
            Self::Newer => "import-newer",
            Self::NoTitles => "import-no-titles",
        };
        language.say(id, &[])
    }
}
said_in_english!(ImportError);

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The file's name, as it was given.
    pub(crate) name: String,
    pub(crate) drafts: Vec<Draft>,
    skipped: BTreeMap<SkipReason, usize>,
}

/// A todo that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Draft {
    /// One that was exported: it may be here.
    Exported(Todo),
    /// One that is new here.
    New(NewTodo),
}

/// What is known of a new todo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewTodo {
    pub(crate) title: Title,
    pub(crate) description: Option<Description>,
    /// When it was done, where it was; the moment of the import where that is not known.
    pub(crate) completed: Option<Millis>,
    pub(crate) created_at: Millis,
}

impl Import {
    /// Reads a file. The end of its name says what it is, and its contents where that says nothing.
    ///
    /// # Errors
    /// Why nothing of it can be read. A part that cannot is left out, and counted.
    pub fn parse(bytes: &[u8], name: &str, now: Millis) -> Result<Self, ImportError> {
        if bytes.len() > IMPORT_BYTES_MAX {
            return Err(ImportError::TooLarge);
        }
        let text = decode(bytes)?;
        let mut import =
            Self { name: name.to_owned(), drafts: Vec::new(), skipped: BTreeMap::new() };
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("json") => json::read(&text, now, &mut import)?,
            Some("csv" | "tsv") => table::read(&text, now, &mut import)?,
            Some("md" | "markdown") => lines::read_markdown(&text, now, &mut import)?,
            _ if text.trim_start().starts_with('{') && text.contains(json::FORMAT) => {
                json::read(&text, now, &mut import)?;
            }
            _ => lines::read(&text, now, &mut import)?,
        }
        Ok(import)
    }

    /// What was left out, and why.
    #[must_use]
    pub fn skipped(&self) -> Vec<Skipped> {
        let skipped = self.skipped.iter();
        skipped.map(|(reason, count)| Skipped { reason: *reason, count: *count }).collect()
    }

    fn skip(&mut self, reason: SkipReason) {
        *self.skipped.entry(reason).or_default() += 1;
    }

    fn push(&mut self, draft: Draft) -> Result<(), ImportError> {
        if self.drafts.len() == IMPORT_TODOS_MAX {
            return Err(ImportError::TooMany);
        }
        self.drafts.push(draft);
        Ok(())
    }

    /// Takes a todo of which the texts may be anything.
    fn take(&mut self, text: &Found, now: Millis) -> Result<(), ImportError> {
        let fitted = fit::fit(&text.title, &text.description);
        if fitted.is_empty() {
            self.skip(SkipReason::Empty);
        }
        for (title, description) in fitted {
            let created_at = text.created_at.unwrap_or(now).min(now);
            let done = text.completed_at.unwrap_or(now).clamp(created_at, now);
            let completed = text.completed.then_some(done);
            self.push(Draft::New(NewTodo { title, description, completed, created_at }))?;
        }
        Ok(())
    }
}

/// A todo as it was found.
#[derive(Debug, Clone, Default)]
struct Found {
    title: String,
    description: String,
    completed: bool,
    completed_at: Option<Millis>,
    created_at: Option<Millis>,
}

/// The text of a file: UTF-8, UTF-16 with its mark, or one byte a letter (ISO 8859-1), as old programs
/// wrote.
fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes.chunks(2).map(|two| unit([two[0], *two.get(1).unwrap_or(&0)])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        },
    };
    if text.contains('\0') { Err(ImportError::NotText) } else { Ok(text) }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
