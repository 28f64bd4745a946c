//! In which list each todo stands, and where: kept in memory, so that any window of a list of any
//! length is found at once, and counts are lengths.
//!
//! SQLite would walk over every row before an OFFSET. Here a list is a sorted array of (moment, row):
//! 16 bytes a todo, and an edit moves one entry.

use std::sync::{Arc, PoisonError, RwLock};

use rusqlite::{
    Connection, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

use super::rows;
use crate::{
    clock::Millis,
    todo::Todo,
    view::{Counts, Filter, Sort, TodoPlace},
};

/// The order, shared by the writer, which changes it after each commit, and the readers.
#[derive(Debug, Clone, Default)]
pub(crate) struct SharedOrder(Arc<RwLock<Order>>);

/// Row number of a todo in the database.
pub(crate) type Seq = i64;

/// The list in which a todo stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Active = 0,
    Completed = 1,
    Deleted = 2,
}

/// A todo's list and its position in it: sorted by when it came there, then by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) section: Section,
    pub(crate) at: Millis,
}

/// One todo's change of place; `None` stands for not being there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub(super) seq: Seq,
    pub(super) from: Option<Place>,
    pub(super) to: Option<Place>,
}

impl Move {
    /// Something of a todo changed that windows show, but not its place.
    pub(super) fn nowhere(seq: Seq, todo: &Todo) -> Self {
        let place = Some(Place::of(todo));
        Self { seq, from: place, to: place }
    }
}

/// The lists.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    /// By [`Section`]; each sorted, oldest first.
    sections: [Vec<(Millis, Seq)>; 3],
}

impl Place {
    /// The place that follows from a todo's registers.
    pub(crate) fn of(todo: &Todo) -> Self {
        if todo.is_deleted() {
            Self { section: Section::Deleted, at: todo.deleted_at.at }
        } else if todo.completed.value {
            Self { section: Section::Completed, at: todo.completed.at }
        } else {
            Self { section: Section::Active, at: todo.created_at }
        }
    }
}

impl Order {
    /// Reads the lists from the index, which holds all that is needed, in a few sorted runs.
    pub(super) fn load(connection: &Connection) -> rusqlite::Result<Self> {
        let mut order = Self::default();
        let mut statement = connection.prepare("SELECT section, section_at, seq FROM todos")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (place, seq) =
                (|| Ok(Place { section: row.get(0)?, at: row.get(1)? }), row.get(2)?);
            // A place that makes no sense follows from the todo anew, as it did when it was written.
            let place = place().or_else(|error| match rows::find(connection, seq) {
                Ok(Some(todo)) => Ok(Place::of(&todo)),
                _ => Err::<_, rusqlite::Error>(error),
            })?;
            order.sections[place.section as usize].push((place.at, seq));
        }
        order.sections.iter_mut().for_each(|list| list.sort());
        Ok(order)
    }

    /// How many todos each list has.
    fn counts(&self) -> Counts {
        let count = |section: Section| self.sections[section as usize].len();
        Counts {
            active: count(Section::Active),
            completed: count(Section::Completed),
            deleted: count(Section::Deleted),
        }
    }

    /// The rows of a window, in the order in which they are shown.
    fn window(&self, filter: Filter, sort: Sort, offset: usize, limit: usize) -> Vec<Seq> {
        let sections: &[Section] = match filter {
            Filter::All => &[Section::Active, Section::Completed],
            Filter::Active => &[Section::Active],
            Filter::Completed => &[Section::Completed],
            Filter::Deleted => &[Section::Deleted],
        };
        let mut window = Vec::with_capacity(limit.min(1024));
        let mut skip = offset;
        for section in sections {
            let list = &self.sections[*section as usize];
            let rest = list.len().saturating_sub(skip);
            let take = rest.min(limit - window.len());
            let row = |index: usize| list[index].1;
            match sort {
                Sort::Newest => window.extend((rest - take..rest).rev().map(row)),
                Sort::Oldest => window.extend((list.len() - rest..list.len()).take(take).map(row)),
            }
            skip = skip.saturating_sub(list.len());
        }
        window
    }

    /// Where a todo is shown: in the list that is asked for if it is in it, otherwise in the one that
    /// has it.
    fn locate(&self, seq: Seq, place: Place, asked: Filter, sort: Sort) -> TodoPlace {
        let filter = match (asked, place.section) {
            (Filter::Active, Section::Active) | (Filter::Completed, Section::Completed) => asked,
            (_, Section::Deleted) => Filter::Deleted,
            _ => Filter::All,
        };
        let list = &self.sections[place.section as usize];
        // Where it has just left, its place is where it was.
        let from_oldest = list.binary_search(&(place.at, seq)).unwrap_or_else(|index| index);
        let within = match sort {
            Sort::Newest => list.len().saturating_sub(from_oldest + 1),
            Sort::Oldest => from_oldest,
        };
        let is_below = filter == Filter::All && place.section == Section::Completed;
        let above = if is_below { self.sections[Section::Active as usize].len() } else { 0 };
        TodoPlace { filter, position: above + within }
    }

    fn apply(&mut self, change: Move) {
        if change.from == change.to {
            return;
        }
        if let Some(place) = change.from {
            let list = &mut self.sections[place.section as usize];
            if let Ok(index) = list.binary_search(&(place.at, change.seq)) {
                list.remove(index);
            }
        }
        if let Some(place) = change.to {
            let list = &mut self.sections[place.section as usize];
            if let Err(index) = list.binary_search(&(place.at, change.seq)) {
                list.insert(index, (place.at, change.seq));
            }
        }
    }
}

impl SharedOrder {
    /// How many todos each list has.
    pub(crate) fn counts(&self) -> Counts {
        self.0.read().unwrap_or_else(PoisonError::into_inner).counts()
    }

    /// The rows of a window, and the counts of the same moment.
    pub(crate) fn window(
        &self,
        filter: Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
    ) -> (Vec<Seq>, Counts) {
        let order = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (order.window(filter, sort, offset, limit), order.counts())
    }

    /// Where a todo is shown.
    pub(crate) fn locate(&self, seq: Seq, place: Place, asked: Filter, sort: Sort) -> TodoPlace {
        let order = self.0.read().unwrap_or_else(PoisonError::into_inner);
        order.locate(seq, place, asked, sort)
    }

    /// Brings the lists up to a commit.
    pub(super) fn apply(&self, moves: Vec<Move>) {
        let mut order = self.0.write().unwrap_or_else(PoisonError::into_inner);
        moves.into_iter().for_each(|change| order.apply(change));
    }

    /// Whether these are the lists.
    #[cfg(test)]
    pub(super) fn is(&self, lists: &Order) -> bool {
        *self.0.read().unwrap_or_else(PoisonError::into_inner) == *lists
    }

    /// Puts freshly read lists in place.
    pub(super) fn replace(&self, loaded: Order) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = loaded;
    }
}

impl ToSql for Section {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok((*self as i64).into())
    }
}

impl FromSql for Section {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value.as_i64()? {
            0 => Self::Active,
            1 => Self::Completed,
            2 => Self::Deleted,
            other => return Err(FromSqlError::OutOfRange(other)),
        })
    }
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
