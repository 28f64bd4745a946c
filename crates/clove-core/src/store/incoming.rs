//! What the server answered, on its way into the table.

use std::collections::HashSet;

use rusqlite::Connection;

use super::{
    history, meta,
    order::Move,
    rows::{self, HeldRow, Standing},
    writer::Batch,
};
use crate::{
    clock::Millis,
    error::Error,
    sync::{
        acknowledge::{plan_incoming, put_back},
        wire::{Answer, Page, Pushed, ServerRow, Unread},
    },
    todo::{Field, FieldValue, Todo, TodoId},
};

const EPOCH: &str = "epoch";
const CURSOR: &str = "cursor";
const SYNCED_AT: &str = "synced_at";

/// More deletions than this at once, and than a third of the list, are no everyday thing.
const MANY_DELETIONS: usize = 20;
/// The code of a row whose stamps are more than a year ahead of the server.
const FAR_FUTURE: &str = "farFuture";

/// How far this database is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Position {
    /// Which life of the server's data; `None` before the first hello.
    pub(crate) epoch: Option<i64>,
    /// Every row with a rev up to this is here.
    pub(crate) cursor: i64,
    /// How far the server's clock is ahead of this device's, in milliseconds.
    pub(crate) clock_offset: i64,
    /// How many todos hold an edit that the server has not seen.
    pub(crate) unsynced: usize,
    /// How many of those the server did not take.
    pub(crate) aside: usize,
    /// How many rows of the server this Clove cannot read.
    pub(crate) unread: usize,
    /// When the server and this device agreed, as far as it was noted.
    pub(crate) synced_at: Option<Millis>,
}

/// What an answer did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Whether anything came of it: a push that brings nothing must not be repeated at once.
    pub(crate) progress: bool,
    /// Todos in which an edit of this device lost, with their titles.
    pub(crate) lost: Vec<(TodoId, String)>,
    /// Todos that it deleted.
    pub(crate) deleted: Vec<TodoId>,
}

/// Whether a page went in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Applied {
    /// It did.
    Taken(Taken),
    /// It would delete a large part of the list: first a copy has to be made.
    CopyFirst,
}

/// How far this database is.
pub(crate) fn position(connection: &Connection) -> Result<Position, Error> {
    let count = |sql: &str| -> Result<usize, Error> {
        let count: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    };
    Ok(Position {
        epoch: meta::number(connection, EPOCH)?,
        cursor: meta::number(connection, CURSOR)?.unwrap_or(0),
        clock_offset: meta::clock_offset(connection)?,
        unsynced: super::unsynced_count(connection)?,
        aside: count("SELECT count(*) FROM todos WHERE aside_code IS NOT NULL")?,
        unread: count("SELECT count(*) FROM sync_unread")?,
        synced_at: meta::number(connection, SYNCED_AT)?.map(Millis::clamped),
    })
}

/// Has rows pulled again that could not be read: this Clove may know more than the last one.
pub(crate) fn retry_unread(batch: &mut Batch<'_>) -> Result<(), Error> {
    let sql = "SELECT min(rev) FROM sync_unread";
    let first: Option<i64> =
        batch.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    if let Some(first) = first {
        meta::set_number(batch.connection, CURSOR, first - 1)?;
        batch.connection.execute("DELETE FROM sync_unread", [])?;
    }
    Ok(())
}

/// Notes which life of the server's data this is. In another one than before, nothing is known of what
/// the server holds: all is pulled anew, and what does not come back is pushed.
pub(crate) fn meet_epoch(batch: &mut Batch<'_>, epoch: i64) -> Result<(), Error> {
    match meta::number(batch.connection, EPOCH)? {
        Some(known) if known == epoch => return Ok(()),
        Some(_) => start_over(batch)?,
        None => {}
    }
    meta::set_number(batch.connection, EPOCH, epoch)
}

/// From here on nothing is known of what the server holds.
pub(crate) fn start_over(batch: &mut Batch<'_>) -> Result<(), Error> {
    let sql = "UPDATE todos SET dirty = 1, rev = NULL WHERE dirty = 0";
    batch.connection.execute(sql, [])?;
    batch.connection.execute("DELETE FROM sync_unread", [])?;
    meta::set_number(batch.connection, CURSOR, 0)
}

/// Notes how far the server's clock is ahead, where that is known better than before.
pub(crate) fn measure_clock(batch: &mut Batch<'_>, offset: Option<i64>) -> Result<(), Error> {
    match offset {
        Some(offset) => meta::set_number(batch.connection, meta::CLOCK_OFFSET, offset),
        None => Ok(()),
    }
}

/// Notes when the server and this device agreed.
pub(crate) fn note_synced(batch: &mut Batch<'_>, at: Millis) -> Result<(), Error> {
    meta::set_number(batch.connection, SYNCED_AT, at.get())
}

/// Writes a page: its rows and where the next one begins, or nothing.
///
/// `deleted` others went shortly before.
pub(crate) fn apply_page(
    batch: &mut Batch<'_>,
    device: &str,
    page: &Page,
    deleted: usize,
    copied: bool,
) -> Result<Applied, Error> {
    let rows = || page.rows.iter().filter_map(|row| row.as_ref().ok());
    if !copied && deletes_much(batch.connection, rows(), deleted)? {
        return Ok(Applied::CopyFirst);
    }
    let mut taken = Taken { progress: true, ..Taken::default() };
    for row in &page.rows {
        match row {
            Ok(row) => {
                // What this row replaces need not be read any more.
                let sql = "DELETE FROM sync_unread WHERE todo_id = ?1";
                batch.connection.prepare_cached(sql)?.execute([row.id])?;
                take_in(batch, device, None, row, &mut taken)?;
            }
            Err(unread) => {
                tracing::warn!(rev = unread.rev, reason = unread.reason, "a row can't be read");
                let sql = "INSERT OR REPLACE INTO sync_unread VALUES (?1, ?2, ?3)";
                let Unread { rev, id, reason } = unread;
                batch.connection.prepare_cached(sql)?.execute((rev, id, reason))?;
            }
        }
    }
    meta::set_number(batch.connection, CURSOR, page.cursor)?;
    Ok(Applied::Taken(taken))
}

/// Writes what became of a push.
pub(crate) fn acknowledge(
    batch: &mut Batch<'_>,
    device: &str,
    sent: &[Todo],
    pushed: &Pushed,
) -> Result<Taken, Error> {
    let mut taken = Taken::default();
    for (sent, answer) in sent.iter().zip(&pushed.answers) {
        match answer {
            Answer::Deferred => {}
            Answer::Merged(row) => {
                taken.progress = true;
                take_in(batch, device, Some(sent), row, &mut taken)?;
            }
            Answer::Rejected { code, message } => {
                taken.progress = true;
                if code != FAR_FUTURE || !put_back_clock(batch, sent.id, pushed.server_now)? {
                    set_aside(batch, sent, code, message)?;
                }
            }
        }
    }
    pass_answered(batch, pushed)?;
    Ok(taken)
}

/// Puts the cursor behind the rows that were answered, as far as no other row is between them: what
/// this device has just been told need not be pulled.
fn pass_answered(batch: &mut Batch<'_>, pushed: &Pushed) -> Result<(), Error> {
    let rev = |answer: &Answer| match answer {
        Answer::Merged(row) => Some(row.rev),
        Answer::Deferred | Answer::Rejected { .. } => None,
    };
    let mut revs: Vec<i64> = pushed.answers.iter().filter_map(rev).collect();
    revs.sort_unstable();
    let cursor = meta::number(batch.connection, CURSOR)?.unwrap_or(0);
    let passed = revs.into_iter().fold(cursor, |at, rev| if rev == at + 1 { rev } else { at });
    meta::set_number(batch.connection, CURSOR, passed)
}

/// Sets a todo aside that the server does not take, unless it was edited since.
pub(crate) fn set_aside(
    batch: &mut Batch<'_>,
    sent: &Todo,
    code: &str,
    message: &str,
) -> Result<(), Error> {
    let Some(row) = rows::held(batch.connection, sent.id)?.filter(|row| row.held.todo == *sent)
    else {
        return Ok(());
    };
    let sql = "UPDATE todos SET aside_code = ?2, aside_message = ?3 WHERE seq = ?1";
    batch.connection.prepare_cached(sql)?.execute((row.seq, code, message))?;
    batch.moves.push(Move::nowhere(row.seq, &row.held.todo));
    Ok(())
}

/// Puts the stamps of a clock that was far ahead back to the server's time. Whether there were any.
///
/// The server took none of them, now or ever, so no other device has seen them.
fn put_back_clock(batch: &mut Batch<'_>, id: TodoId, now: Millis) -> Result<bool, Error> {
    let Some(row) = rows::held(batch.connection, id)? else { return Ok(false) };
    let Some(after) = put_back(&row.held.todo, now) else { return Ok(false) };
    rows::update(batch, row.seq, &row.held.todo, &after)?;
    Ok(true)
}

/// Whether these rows, and the deletions shortly before them, take a large part of the list.
fn deletes_much<'a>(
    connection: &Connection,
    rows: impl Iterator<Item = &'a ServerRow>,
    before: usize,
) -> Result<bool, Error> {
    let gone = Some(FieldValue::DeletedAt(None));
    let mut deletions = HashSet::new();
    for row in rows.filter(|row| row.register(Field::DeletedAt).value != gone) {
        if let Some(held) = rows::held(connection, row.id)?
            && !held.held.todo.is_deleted()
            && plan_incoming(Some(&held.held), None, row)
                .is_some_and(|plan| plan.after.is_deleted())
        {
            deletions.insert(row.id);
        }
    }
    if deletions.is_empty() || before + deletions.len() <= MANY_DELETIONS {
        return Ok(false);
    }
    let sql = "SELECT count(*) FROM todos WHERE section < 2";
    let living: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    let living = usize::try_from(living).unwrap_or_default();
    Ok((before + deletions.len()) * 3 > before + living)
}

/// Writes what one row does.
fn take_in(
    batch: &mut Batch<'_>,
    device: &str,
    sent: Option<&Todo>,
    row: &ServerRow,
    taken: &mut Taken,
) -> Result<(), Error> {
    let here = rows::held(batch.connection, row.id)?;
    let Some(plan) = plan_incoming(here.as_ref().map(|here| &here.held), sent, row) else {
        return Ok(());
    };
    let rev = Some(row.rev);
    let standing = Standing { dirty: plan.dirty, rev, synced: Some(&plan.synced) };
    let Some(HeldRow { seq, held, dirty, rev: known }) = here else {
        return rows::insert_as(batch, &plan.after, standing);
    };
    if held.todo == plan.after
        && (dirty, known) == (plan.dirty, rev)
        && held.synced.as_ref() == Some(&plan.synced)
    {
        return Ok(());
    }
    rows::update_as(batch, seq, &held.todo, &plan.after, standing)?;
    if !plan.replaced.is_empty() {
        let action = history::next_action(batch.connection)?;
        history::write_history(batch.connection, action, row.id, device, &plan.replaced)?;
    }
    if plan.lost {
        taken.lost.push((row.id, plan.after.title.value.as_str().to_owned()));
    }
    if plan.after.is_deleted() && !held.todo.is_deleted() {
        taken.deleted.push(row.id);
    }
    Ok(())
}

#[cfg(test)]
#[path = "incoming_tests.rs"]
mod tests;
