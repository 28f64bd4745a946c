//! Clove's own export.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Draft, Found, Import, ImportError};
use crate::{
    clock::Millis,
    export,
    keep::view::SkipReason,
    text::{Description, Title},
    todo::{Field, FieldValue, Todo, TodoId},
};

pub(super) use crate::export::FORMAT;

/// The file.
#[derive(Deserialize)]
struct File {
    format: String,
    version: u32,
    /// Read one by one, so that one that makes no sense does not stop the others.
    todos: Vec<Value>,
}

/// A todo in it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
    id: TodoId,
    title: String,
    description: Option<String>,
    completed: bool,
    deleted_at: Option<Millis>,
    created_at: Millis,
    updated_at: Millis,
    /// By field; one that is missing is that of the todo's last edit.
    #[serde(default)]
    stamps: BTreeMap<String, Millis>,
}

pub(super) fn read(text: &str, now: Millis, import: &mut Import) -> Result<(), ImportError> {
    let file: File = serde_json::from_str(text).map_err(|_| ImportError::NotExported)?;
    if file.format != FORMAT {
        return Err(ImportError::NotExported);
    }
    if file.version > export::VERSION {
        return Err(ImportError::Newer);
    }
    for value in file.todos {
        match serde_json::from_value::<Exported>(value) {
            Err(_) => import.skip(SkipReason::Unreadable),
            Ok(exported) if exported.deleted_at.is_some() => import.skip(SkipReason::Deleted),
            Ok(exported) => match exported.todo(now) {
                Some(todo) => import.push(Draft::Exported(todo))?,
                None => import.take(&exported.found(), now)?,
            },
        }
    }
    Ok(())
}

impl Exported {
    /// The todo, unless its texts are out of bounds. A moment that is yet to come, which could never be
    /// edited over, is now.
    fn todo(&self, now: Millis) -> Option<Todo> {
        let title = Title::parse(&self.title).ok()?;
        let description =
            Description::parse(self.description.as_deref().unwrap_or_default()).ok()?;
        let mut todo = Todo::new(self.id, title, description, self.created_at.min(now));
        todo.set(FieldValue::Completed(self.completed), Millis::ZERO);
        for field in Field::ALL {
            let at = self.stamps.get(field.name()).copied().unwrap_or(self.updated_at);
            todo.set(todo.value(*field), at.min(now));
        }
        Some(todo)
    }

    fn found(&self) -> Found {
        Found {
            title: self.title.clone(),
            description: self.description.clone().unwrap_or_default(),
            completed: self.completed,
            completed_at: Some(self.updated_at),
            created_at: Some(self.created_at),
        }
    }
}
