//! The faults.

use crate::cmd::{Result, fail};

/// A fault: a text of a source file, and what stands there instead.
pub(crate) struct Planted {
    pub(crate) name: &'static str,
    /// Below crates/clove-core/src.
    pub(crate) file: &'static str,
    sound: &'static str,
    faulty: &'static str,
}

impl Planted {
    /// The source with the fault in it.
    pub(crate) fn in_source(&self, source: &str) -> Result<String> {
        if source.matches(self.sound).count() != 1 {
            return fail(format!(
                "`{}` can't be planted: {} does not hold its text once. Correct it in \
                 xtask/src/mutants/planted.rs.",
                self.name, self.file
            ));
        }
        Ok(source.replace(self.sound, self.faulty))
    }
}

const fn planted(
    name: &'static str,
    file: &'static str,
    sound: &'static str,
    faulty: &'static str,
) -> Planted {
    Planted { name, file, sound, faulty }
}

/// All of them.
pub(crate) const PLANTED: &[Planted] = &[
    planted(
        "of two equal stamps, the first wins",
        "register.rs",
        "(other.at, &other.value) > (self.at, &self.value)",
        "other.at > self.at",
    ),
    planted(
        "of two equal stamps, the lesser value wins",
        "register.rs",
        "(other.at, &other.value) > (self.at, &self.value)",
        "other.at > self.at || other.at == self.at && other.value < self.value",
    ),
    planted(
        "the earlier edit wins",
        "register.rs",
        "(other.at, &other.value) > (self.at, &self.value)",
        "(other.at, &other.value) < (self.at, &self.value)",
    ),
    planted(
        "an acknowledgement does not compare stamps",
        "sync/acknowledge.rs",
        "Some(false) => merged(&mine, restamp, row.register(field)),",
        "Some(false) => adopted(&mine, row.register(field)),",
    ),
    planted(
        "an acknowledgement keeps the stamps of a fast clock",
        "sync/acknowledge.rs",
        "Some(true) => adopted(&mine, row.register(field)),",
        "Some(true) => merged(&mine, 0, row.register(field)),",
    ),
    planted(
        "a pull takes the server's value over an edit of this device",
        "sync/acknowledge.rs",
        "None => merged(&mine, 0, row.register(field)),",
        "None => adopted(&mine, row.register(field)),",
    ),
    planted(
        "when a todo was made is not merged",
        "sync/acknowledge.rs",
        "after.created_at = before.created_at.min(row.created_at);",
        "",
    ),
    planted(
        "texts that were taken away count as different for ever",
        "sync/acknowledge.rs",
        "None => todo.at(field) <= theirs.at,",
        "None => false,",
    ),
    planted(
        "dirty is cleared by the acknowledgement of another edit",
        "store/incoming.rs",
        "let standing = Standing { dirty: plan.dirty, rev,",
        "let standing = Standing { dirty: plan.dirty && sent.is_none(), rev,",
    ),
    planted(
        "dirty is cleared by any pull",
        "store/incoming.rs",
        "let standing = Standing { dirty: plan.dirty, rev,",
        "let standing = Standing { dirty: plan.dirty && sent.is_some(), rev,",
    ),
    planted(
        "a replaced value is not in the history",
        "store/incoming.rs",
        "if !plan.replaced.is_empty() {",
        "if sent.is_some() && !plan.replaced.is_empty() {",
    ),
    planted(
        "the cursor is ahead of the rows",
        "store/incoming.rs",
        "meta::set_number(batch.connection, CURSOR, page.cursor)?;",
        "meta::set_number(batch.connection, CURSOR, page.cursor + 1)?;",
    ),
    planted(
        "a push puts the cursor behind rows of other devices",
        "store/incoming.rs",
        "if rev == at + 1 { rev } else { at }",
        "at.max(rev)",
    ),
    planted(
        "the last row of a page is left out",
        "store/incoming.rs",
        "for row in &page.rows {",
        "for row in page.rows.iter().take(page.rows.len().max(2) - 1) {",
    ),
    planted(
        "the cursor is saved before the rows",
        "sync/work.rs",
        "Task::Apply { page, deleted, copied } => {",
        "Task::Apply { page, deleted, copied } => {
            let cursor = page.cursor.to_string();
            store.write(move |batch| {
                let sql = \"INSERT OR REPLACE INTO meta VALUES ('cursor', ?1)\";
                Ok(batch.connection.execute(sql, [cursor])?)
            }).await?;",
    ),
    planted(
        "an empty pull is read as a deletion",
        "store/incoming.rs",
        "let rows = || page.rows.iter().filter_map(|row| row.as_ref().ok());",
        "let rows = || page.rows.iter().filter_map(|row| row.as_ref().ok());
        if page.rows.is_empty() {
            batch.connection.execute(\"DELETE FROM todos WHERE dirty = 0\", [])?;
            batch.reload = true;
        }",
    ),
    planted(
        "a row that cannot be read is passed over",
        "store/incoming.rs",
        "batch.connection.prepare_cached(sql)?.execute((rev, id, reason))?;",
        "let _ = (rev, id, reason, sql);",
    ),
    planted(
        "another epoch is not noticed",
        "store/incoming.rs",
        "Some(_) => start_over(batch)?,",
        "Some(_) => {}",
    ),
    planted(
        "in another epoch nothing is pushed again",
        "store/incoming.rs",
        "UPDATE todos SET dirty = 1, rev = NULL WHERE dirty = 0",
        "UPDATE todos SET rev = NULL WHERE dirty = 0",
    ),
    planted(
        "a large deletion needs no copy",
        "store/incoming.rs",
        "const MANY_DELETIONS: usize = 20;",
        "const MANY_DELETIONS: usize = 20_000;",
    ),
    planted(
        "a refused todo counts as synced",
        "store/incoming.rs",
        "UPDATE todos SET aside_code = ?2,",
        "UPDATE todos SET dirty = 0, aside_code = ?2,",
    ),
    planted(
        "stamps in another century stay there",
        "store/incoming.rs",
        "if code != FAR_FUTURE ||",
        "if code == FAR_FUTURE ||",
    ),
    planted(
        "the clock's offset is ignored",
        "store/meta.rs",
        "Ok(number(connection, CLOCK_OFFSET)?.unwrap_or(0))",
        "Ok(number(connection, CLOCK_OFFSET)?.unwrap_or(0) * 0)",
    ),
    planted(
        "the clock's offset is taken the wrong way round",
        "sync/answers.rs",
        "then_some(least + took / 2)",
        "then_some(-least)",
    ),
    planted(
        "an edit is stamped by the clock alone",
        "edit.rs",
        "now.max(before.updated_at().next())",
        "now",
    ),
    planted(
        "a later edit does not revive",
        "todo.rs",
        "self.deleted_at.value.is_some() && self.deleted_at.at == self.updated_at()",
        "self.deleted_at.value.is_some()",
    ),
    planted(
        "a pulled todo is not in the lists",
        "store/rows.rs",
        "batch.moves.push(Move { seq, from: None, to: Some(Place::of(todo)) });",
        "",
    ),
    planted(
        "a changed text is not indexed",
        "store/rows.rs",
        "if text(before) != text(after) {",
        "if text(before) != text(after) && standing.dirty {",
    ),
    planted(
        "what is unsynced is forgotten when it is sent",
        "sync/work.rs",
        "store.read(Cancel::default(), job).await.map(Outcome::Chosen)",
        "{
            let chosen = store.read(Cancel::default(), job).await?;
            store.write(|batch| {
                Ok(batch.connection.execute(\"UPDATE todos SET dirty = 0\", [])?)
            }).await?;
            Ok(Outcome::Chosen(chosen))
        }",
    ),
    planted(
        "a server that asks for time gets none",
        "sync/retry.rs",
        "self.asked = self.asked.max(asked);",
        "self.asked = None.filter(|_| asked.is_none());",
    ),
    planted(
        "a pull that leaves edits is not followed by a push",
        "sync/answers.rs",
        "self.push |= self.edited.is_none() && self.waiting() > 0;",
        "",
    ),
    planted(
        "what is told is applied although rows are missing before it",
        "sync/answers.rs",
        "filter(|tail| !self.pull && tail.since <= cursor)?",
        "filter(|_| !self.pull)?",
    ),
    planted(
        "what is told of another epoch is applied",
        "sync/answers.rs",
        "position.epoch.is_some_and(|epoch| epoch != tail.epoch)",
        "position.epoch.is_some_and(|_| false)",
    ),
    planted(
        "what was told before a push was answered is applied after it",
        "sync/answers.rs",
        "self.hinted = self.hinted.max(pushed.rev());",
        "let _ = pushed.rev();",
    ),
    planted(
        "answers that came too late are taken",
        "sync/answers.rs",
        "Busy::Asking { id: waiting, sent, ask } if waiting == id => (sent, ask),",
        "Busy::Asking { id: waiting, sent, ask } if waiting >= id => (sent, ask),",
    ),
];
