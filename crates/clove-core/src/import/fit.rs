//! Texts of any length, as todos that hold all of it.

use crate::text::{DESCRIPTION_MAX, Description, TITLE_MAX, Title};

/// The most characters of a title before the number that tells its parts apart.
const STEM: usize = TITLE_MAX - 20;

/// Makes todos of a title and a description. A title that is too long is also the beginning of the
/// description; a description that is too long goes on in further todos. Nothing of nothing.
pub(super) fn fit(title: &str, description: &str) -> Vec<(Title, Option<Description>)> {
    let (title, description) = (clean(title), clean(description));
    let (title, rest) = match (title.is_empty(), first_line(&description)) {
        (false, _) => (title, description),
        (true, line) => (line, description),
    };
    if title.is_empty() {
        return Vec::new();
    }
    let text = match (title.chars().count() > TITLE_MAX, rest == title) {
        (true, true) => rest,
        (true, false) if rest.is_empty() || rest.starts_with(&title) => {
            title.clone() + &rest[title.len().min(rest.len())..]
        }
        (true, false) => format!("{title}\n\n{rest}"),
        (false, true) => String::new(),
        (false, false) => rest,
    };
    let parts = split(&text, DESCRIPTION_MAX);
    let mut fitted = Vec::with_capacity(parts.len().max(1));
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_default();
    fitted.extend(todo(head(&title, TITLE_MAX), &first));
    for (index, part) in parts.enumerate() {
        fitted.extend(todo(format!("{} ({})", head(&title, STEM), index + 2), &part));
    }
    fitted
}

/// Control characters are no part of a todo's text: one that was there is shown as lost.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), "\u{FFFD}");
    text.trim_matches(is_space).to_owned()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim_matches(is_space).to_owned()
}

fn head(text: &str, length: usize) -> String {
    text.chars().take(length).collect::<String>().trim_matches(is_space).to_owned()
}

/// Parts of at most so many characters, none of which is space alone.
fn split(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let parts = characters.chunks(length).map(|part| part.iter().collect::<String>());
    parts.filter(|part| !part.trim_matches(is_space).is_empty()).collect()
}

fn todo(title: String, description: &str) -> Option<(Title, Option<Description>)> {
    Some((Title::parse(&title).ok()?, Description::parse(description).ok()?))
}
