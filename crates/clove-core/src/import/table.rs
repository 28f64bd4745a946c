//! Tables (RFC 4180) whose first line names the columns.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Found, Import, ImportError};
use crate::{clock::Millis, keep::view::SkipReason};

/// What separates the fields; spreadsheets of some languages write the second.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// What means that a todo is done, in small letters.
const DONE: [&str; 7] = ["true", "1", "x", "yes", "y", "done", "completed"];

/// Reads the columns `title`, `description` and `completed`, in any order. What other columns hold is
/// kept in the description, behind their names.
pub(super) fn read(text: &str, now: Millis, import: &mut Import) -> Result<(), ImportError> {
    let reader = |separator| {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(separator).flexible(true).trim(Trim::Headers).from_reader(text.as_bytes())
    };
    let named = SEPARATORS.into_iter().find_map(|separator| {
        let names = reader(separator).headers().ok()?.clone();
        let title = names.iter().position(|name| name.eq_ignore_ascii_case("title"))?;
        Some((separator, names, title))
    });
    let Some((separator, names, title)) = named else { return Err(ImportError::NoTitles) };
    for record in reader(separator).records() {
        let Ok(record) = record else {
            import.skip(SkipReason::Unreadable);
            continue;
        };
        let (description, completed) = rest(&names, &record, title);
        let title = record.get(title).unwrap_or_default().to_owned();
        import.take(&Found { title, description, completed, ..Found::default() }, now)?;
    }
    Ok(())
}

/// The description of a row, and whether it is done.
fn rest(names: &StringRecord, record: &StringRecord, title: usize) -> (String, bool) {
    let (mut description, mut others, mut completed) = (String::new(), Vec::new(), false);
    for (column, value) in record.iter().enumerate().filter(|(column, _)| *column != title) {
        let name = names.get(column).unwrap_or_default();
        if name.eq_ignore_ascii_case("completed") {
            completed = DONE.contains(&value.trim().to_lowercase().as_str());
        } else if name.eq_ignore_ascii_case("description") {
            description = value.to_owned();
        } else if !value.trim().is_empty() {
            others.push(if name.is_empty() {
                value.to_owned()
            } else {
                format!("{name}: {value}")
            });
        }
    }
    if !others.is_empty() && !description.is_empty() {
        description.push_str("\n\n");
    }
    (description + &others.join("\n"), completed)
}
