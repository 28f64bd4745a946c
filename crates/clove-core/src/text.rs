//! What people type, proved to be within bounds.

use serde::{Deserialize, Serialize};

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
    #[error("A todo needs a title. Type what is to be done.")]
    TitleEmpty,
    /// A title over the bound.
    #[error(
        "This title has {0} characters; {TITLE_MAX} is the most. Shorten it, or move the details \
         into the description."
    )]
    TitleTooLong(usize),
    /// A description of nothing, where its absence should stand.
    #[error("An empty description is no description: leave it out.")]
    DescriptionEmpty,
    /// A description over the bound.
    #[error("This description has {0} characters; {DESCRIPTION_MAX} is the most. Shorten it.")]
    DescriptionTooLong(usize),
    /// A control character (Unicode category Cc) other than newline and tab.
    #[error(
        "This text has a control character (U+{:04X}) at position {position}, which can't be \
         shown. Remove it and try again.",
        u32::from(*.character)
    )]
    ControlCharacter {
        /// The character that was found.
        character: char,
        /// Where, counted in characters from 1.
        position: usize,
    },
}

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
