//! Files in which each line is a todo.

use super::{Found, Import, ImportError};
use crate::{clock::Millis, day, keep::view::SkipReason};

/// Reads plain text: as Markdown where it has a list's marks, else as todo.txt.
pub(super) fn read(text: &str, now: Millis, import: &mut Import) -> Result<(), ImportError> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    let is_list = lines.peek().is_some() && lines.clone().all(|line| item(line).is_some());
    let has_boxes = text.lines().filter_map(item).any(|item| item.checked.is_some());
    if is_list || has_boxes {
        return read_markdown(text, now, import);
    }
    lines.try_for_each(|line| import.take(&todo_txt(line), now))
}

/// Reads a list in Markdown: tasks (<https://github.github.com/gfm/#task-list-items-extension->), other
/// items and plain lines are todos. What is indented below one is its description.
pub(super) fn read_markdown(
    text: &str,
    now: Millis,
    import: &mut Import,
) -> Result<(), ImportError> {
    let mut open: Option<(Item<'_>, String)> = None;
    for line in text.lines() {
        let is_blank = line.trim().is_empty();
        if let Some((_, description)) = &mut open
            && (is_blank || (line.starts_with([' ', '\t']) && item(line).is_none()))
        {
            description.push_str(line.trim());
            description.push('\n');
            continue;
        }
        close(open.take(), now, import)?;
        match item(line) {
            _ if is_blank => {}
            _ if is_heading_or_rule(line) => import.skip(SkipReason::Heading),
            Some(item) => open = Some((item, String::new())),
            None => open = Some((Item { checked: None, text: line }, String::new())),
        }
    }
    close(open, now, import)
}

fn close(
    open: Option<(Item<'_>, String)>,
    now: Millis,
    import: &mut Import,
) -> Result<(), ImportError> {
    let Some((Item { checked, text }, description)) = open else { return Ok(()) };
    let (title, completed) = (text.to_owned(), checked == Some(true));
    import.take(&Found { title, description, completed, ..Found::default() }, now)
}

/// An item of a list.
struct Item<'a> {
    /// Whether its box is ticked; `None` without a box.
    checked: Option<bool>,
    text: &'a str,
}

fn item(line: &str) -> Option<Item<'_>> {
    let line = line.trim_start();
    let number = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = match number {
        0 => line.strip_prefix(['-', '*', '+', '•']),
        _ => line[number..].strip_prefix(['.', ')']),
    };
    let rest = rest.filter(|rest| rest.starts_with([' ', '\t']))?.trim();
    let boxed = |mark: &str| {
        let ends = |text: &&str| text.is_empty() || text.starts_with([' ', '\t']);
        rest.strip_prefix(mark).filter(ends)
    };
    let (checked, text) = match (boxed("[ ]"), boxed("[x]").or_else(|| boxed("[X]"))) {
        (Some(text), _) => (Some(false), text),
        (None, Some(text)) => (Some(true), text),
        (None, None) => (None, rest),
    };
    Some(Item { checked, text })
}

fn is_heading_or_rule(line: &str) -> bool {
    let line = line.trim();
    let level = line.len() - line.trim_start_matches('#').len();
    let is_heading = (1..=6).contains(&level) && line[level..].starts_with([' ', '\t']);
    let is_rule = |mark: char| line.len() >= 3 && line.chars().all(|c| c == mark);
    is_heading || ['-', '*', '_', '='].into_iter().any(is_rule)
}

/// Reads a line of a todo.txt (<https://github.com/todotxt/todo.txt>). A priority, projects and contexts
/// stay in the title.
fn todo_txt(line: &str) -> Found {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("x ") {
        let (completed_at, rest) = date(rest.trim_start());
        let (created_at, title) = if completed_at.is_some() { date(rest) } else { (None, rest) };
        let title = title.to_owned();
        return Found { title, completed: true, completed_at, created_at, ..Found::default() };
    }
    let (priority, rest) = line.split_at(priority_length(line));
    let (created_at, title) = date(rest);
    Found { title: format!("{priority}{title}"), created_at, ..Found::default() }
}

/// How long `(A) ` is, where a line begins with it.
fn priority_length(line: &str) -> usize {
    match line.as_bytes() {
        [b'(', b'A'..=b'Z', b')', b' ', ..] => 4,
        _ => 0,
    }
}

/// The date at the beginning of a text, and what is behind it.
fn date(text: &str) -> (Option<Millis>, &str) {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    match day::moment_of(word) {
        Some(moment) => (Some(moment), text[word.len()..].trim_start()),
        None => (None, text),
    }
}
