//! What must hold: all along, and when everything has come to rest.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{
    device::Owner,
    faults::Fault,
    server::{Account, Doc},
    table::{Held, living, meta, named, table},
    world::World,
};
use crate::{
    store::{Applied, simulated::Memory},
    sync::{
        wire::{Answer, ServerRow},
        work::{Outcome, Task},
    },
    todo::{Field, TodoId},
};

/// A text that was saved: of which todo, and of which field.
type Saved = (String, &'static str, String);

/// What people were told is saved, and whose it is.
#[derive(Debug, Default)]
pub(super) struct Truth {
    /// By device and database: the texts that were written into it, by todo and field.
    saved: BTreeMap<(usize, Owner), BTreeSet<Saved>>,
    /// Whose each todo is.
    owners: BTreeMap<String, Owner>,
    /// Which title a person had before their eyes, by the todo and the one that they then wrote.
    seen: BTreeMap<(Owner, String, String), String>,
    /// Titles that an undo, a redo or a restore wrote once more.
    again: BTreeSet<String>,
}

/// What an answer of the server may change.
pub(super) struct Before {
    living: u32,
    named: BTreeMap<String, Held>,
}

impl Truth {
    /// A device answered that this text is saved.
    pub(super) fn note(
        &mut self,
        device: usize,
        owner: Owner,
        id: TodoId,
        field: &'static str,
        text: &str,
    ) {
        let id = id.to_string();
        self.owners.entry(id.clone()).or_insert(owner);
        self.saved.entry((device, owner)).or_default().insert((id, field, text.to_owned()));
    }

    /// A person wrote a title over another.
    pub(super) fn renamed(&mut self, owner: Owner, id: TodoId, seen: &str, title: &str) {
        if title.starts_with("word") && seen != title {
            let key = (owner, id.to_string(), title.to_owned());
            self.seen.insert(key, seen.to_owned());
        }
    }

    /// Titles that are there after an undo, a redo or a restore.
    pub(super) fn made_anew(&mut self, memory: &Memory) {
        memory.with(|connection| {
            let sql = "SELECT title FROM todos";
            let mut statement = connection.prepare_cached(sql).expect("the table is there");
            let titles = statement.query_map([], |row| row.get(0)).expect("it is read");
            self.again.extend(titles.map(|title| title.expect("a title")));
        });
    }

    /// Todos of nobody's account moved into one.
    pub(super) fn moved(&mut self, device: usize, owner: Owner) {
        let moved = self.saved.remove(&(device, None)).unwrap_or_default();
        for (id, _, _) in &moved {
            self.owners.insert(id.clone(), owner);
        }
        self.saved.entry((device, owner)).or_default().extend(moved);
    }

    /// Another client made a todo.
    pub(super) fn made(&mut self, id: String, owner: Owner) {
        self.owners.insert(id, owner);
    }
}

/// The server's version of a todo, unless its texts were taken away.
fn doc_of(row: &ServerRow) -> Option<Doc> {
    let todo = row.todo()?;
    let values = Field::ALL.iter().map(|field| todo.value(*field).to_json());
    let at = Field::ALL.iter().map(|field| todo.at(*field).get());
    Some(Doc::new(row.created_at.get(), values, at))
}

impl World {
    /// What holds all along. It is looked at on one device after the other: what once was wrong would
    /// not become right.
    pub(super) fn check(&mut self) {
        self.checks += 1;
        let device = self.checks % self.devices.len();
        self.check_device(device, self.devices[device].owner);
    }

    fn check_device(&self, device: usize, owner: Owner) {
        let memory = &self.devices[device].memories[&owner];
        let table = table(memory);
        for id in table.keys() {
            if let Some(whose) = self.truth.owners.get(id) {
                assert_eq!(*whose, owner, "device {device}: {id} is in another account's file");
            }
        }
        self.check_saved(device, owner, &table);
        let Some(account) = owner.map(|account| &self.accounts[account]) else { return };
        let cursor = meta(memory, "cursor").unwrap_or(0);
        if meta(memory, "epoch") != Some(account.epoch) || cursor > account.rev {
            return;
        }
        let unread: i64 = memory.with(|connection| {
            let sql = "SELECT count(*) FROM sync_unread";
            connection.query_row(sql, [], |row| row.get(0)).expect("a count")
        });
        for (id, doc) in account.docs.iter().filter(|(_, doc)| doc.rev <= cursor) {
            let known = table.get(id).and_then(|held| held.rev).is_some_and(|rev| rev >= doc.rev);
            assert!(
                known || doc.is_stripped() || unread > 0,
                "device {device}: the cursor {cursor} passed {id} of rev {}, which is not applied",
                doc.rev
            );
        }
    }

    /// Every text that was saved is there, or in the history, from where it can be restored.
    fn check_saved(&self, device: usize, owner: Owner, table: &BTreeMap<String, Held>) {
        let Some(saved) = self.truth.saved.get(&(device, owner)) else { return };
        let replaced: BTreeSet<(String, String, String)> = {
            let sql = "SELECT todo_id, field, old_value FROM history WHERE old_value IS NOT NULL";
            self.devices[device].memories[&owner].with(|connection| {
                let mut statement = connection.prepare_cached(sql).expect("the table is there");
                let rows =
                    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
                rows.expect("it is read").map(|row| row.expect("a row")).collect()
            })
        };
        for (id, field, text) in saved {
            let index = usize::from(*field != "title");
            let there = table.get(id).is_some_and(|held| held.values[index] == *text);
            let entry = (id.clone(), (*field).to_owned(), json!(text).to_string());
            assert!(
                there || replaced.contains(&entry),
                "device {device}: the {field} {text:?} of {id} was saved, and is lost"
            );
        }
    }

    /// What holds of the server after each call: no row goes, and no stamp falls.
    pub(super) fn check_server(&self, account: usize, before: &Account) {
        let after = &self.accounts[account];
        for (id, doc) in &before.docs {
            let now = after.docs.get(id).expect("no row goes");
            assert!(
                (0..4).all(|field| now.at[field] >= doc.at[field]),
                "the stamps of {id} only rise: {:?}, {:?}",
                doc.at,
                now.at
            );
        }
    }

    pub(super) fn unsynced(&self, device: usize) -> u32 {
        let sql = "SELECT count(*) FROM todos WHERE dirty = 1";
        self.devices[device].memory().with(|connection| {
            let mut statement = connection.prepare_cached(sql).expect("the table is there");
            statement.query_row([], |row| row.get(0)).expect("a count")
        })
    }

    /// What there is of the todos that an answer of the server is about, before it is written.
    pub(super) fn before(&self, device: usize, task: &Task) -> Option<Before> {
        let memory = self.devices[device].memory();
        matches!(task, Task::Apply { .. } | Task::Acknowledge { .. })
            .then(|| Before { living: living(memory), named: named(memory, task) })
    }

    /// A page merges, and deletes no large part before there is a copy.
    pub(super) fn check_applied(
        &mut self,
        device: usize,
        task: &Task,
        before: Option<Before>,
        outcome: &Result<Outcome, crate::Error>,
    ) {
        if let Task::Copy { .. } = task {
            self.devices[device].copies += usize::from(outcome.is_ok());
        }
        let (Task::Apply { page, copied, .. }, Some(before)) = (task, before) else { return };
        let Ok(Outcome::Applied(Applied::Taken(_), _)) = outcome else { return };
        let here = &self.devices[device];
        assert!(here.takes_pages, "device {device}: what is told is applied where it fits, only");
        let memory = here.memory();
        let after = named(memory, task);
        let gone = before.living.saturating_sub(living(memory));
        let few = gone <= 20 || gone * 3 <= before.living;
        assert!(*copied || few, "{gone} of {} went without a copy", before.living);
        for row in page.rows.iter().filter_map(|row| row.as_ref().ok()) {
            let (Some(theirs), id) = (doc_of(row), row.id.to_string()) else { continue };
            let merged =
                before.named.get(&id).map_or(theirs.clone(), |held| held.doc().merge(&theirs));
            let held = &after[&id];
            let known = before.named.get(&id).and_then(|held| held.rev).unwrap_or(0);
            let newest = known <= row.rev || self.counts.contains_key(&Fault::ServerRestored);
            assert!(newest, "device {device}: {id} is not put back to what it was on the server");
            assert!(held.doc().is_same(&merged), "device {device}: {id} is merged");
            assert_eq!(
                held.dirty,
                !merged.is_same(&theirs),
                "device {device}: {id} has to be told"
            );
        }
    }

    /// The acknowledgement of a push leaves the edits alone that were made since.
    pub(super) fn check_acknowledged(
        &self,
        device: usize,
        task: &Task,
        before: Option<&Before>,
        outcome: &Result<Outcome, crate::Error>,
    ) {
        let (Task::Acknowledge { sent, pushed, .. }, Some(before)) = (task, before) else { return };
        if outcome.is_err() {
            return;
        }
        let after = named(self.devices[device].memory(), task);
        for (sent, answer) in sent.iter().zip(&pushed.answers) {
            let Answer::Merged(row) = answer else { continue };
            let (Some(theirs), id) = (doc_of(row), row.id.to_string()) else { continue };
            let (Some(before), held) = (before.named.get(&id), &after[&id]) else { continue };
            // Edits move back with those that the server put back, and may then meet later ones.
            let moved = Field::ALL.iter().zip(theirs.at).map(|(f, at)| sent.at(*f).get() - at);
            let moved = moved.max().unwrap_or(0).max(0);
            for (index, field) in Field::ALL.iter().enumerate() {
                let edited = sent.value(*field).to_json() != before.values[index];
                let beaten = theirs.at[index] >= before.at[index] - moved;
                assert!(
                    !edited || beaten || held.values[index] == before.values[index],
                    "device {device}: field {index} of {id} was edited since, and stays"
                );
            }
            let told = held.doc().is_same(&theirs);
            assert_eq!(held.dirty, !told, "device {device}: {id} is dirty if it differs");
        }
    }

    /// When everything has come to rest, every device shows what the server holds.
    pub(super) fn check_rest(&mut self) {
        for device in 0..self.devices.len() {
            let owner = self.devices[device].owner;
            let memory = self.devices[device].memory().clone();
            assert!(memory.lists_are_true(), "device {device}: the lists are those of the table");
            assert!(memory.index_is_true(), "device {device}: the index is that of the table");
            for other in self.devices[device].memories.keys().copied().collect::<Vec<_>>() {
                self.check_device(device, other);
            }
            let Some(account) = owner else { continue };
            let status = {
                let here = &self.devices[device];
                let now = here.now(self.now).elapsed;
                here.engine.as_ref().expect("it is signed in").status(now)
            };
            let account = &self.accounts[account];
            let table = table(&memory);
            for (id, held) in &table {
                let at_rest = !held.dirty && !held.aside;
                assert!(at_rest, "device {device}: {id} is synced: {held:?}, {status:?}");
                let doc = account.docs.get(id);
                let doc = doc.unwrap_or_else(|| panic!("device {device}: the server has {id}"));
                agree(device, id, held, doc);
            }
            for (id, doc) in &account.docs {
                let here = table.contains_key(id) || doc.is_stripped();
                assert!(here, "device {device} has {id}: {status:?}");
            }
            let deleted =
                account.docs.iter().filter(|(id, doc)| doc.is_deleted() && table.contains_key(*id));
            let counts = self.devices[device].todos.counts();
            assert_eq!(deleted.count(), counts.deleted, "device {device}: what counts as deleted");
            self.trace.note(&format!("{device} rests: {table:?}"));
        }
    }
}

impl World {
    /// An edit that was made after seeing another won over it, unless that one was made anew.
    ///
    /// That needs a server that forgets nothing, and no device that is out of sight with its edit.
    pub(super) fn check_order(&self) {
        let struck = |fault| self.counts.contains_key(&fault);
        let forgets =
            [Fault::ServerRestored, Fault::Stripped, Fault::AccountSwitch, Fault::SignOut];
        // The server puts the stamps of an old copy of a push back to the time at which it arrives.
        let fast = struck(Fault::ClockAhead) || struck(Fault::ClockIn2099);
        let late = [Fault::Delayed, Fault::DelayedForHours, Fault::Duplicated, Fault::ReplyLost];
        if forgets.into_iter().any(struck) || (fast && late.into_iter().any(struck)) {
            return;
        }
        for ((owner, id, title), seen) in &self.truth.seen {
            let Some(doc) = owner.and_then(|account| self.accounts[account].docs.get(id)) else {
                continue;
            };
            let made_anew = self.truth.again.contains(seen) || self.truth.again.contains(title);
            assert!(
                doc.values[0] != *seen || made_anew || !seen.starts_with("word"),
                "{title:?} was written over {seen:?} in {id}, and lost to it"
            );
        }
    }
}

fn agree(device: usize, id: &str, held: &Held, doc: &Doc) {
    assert_eq!(held.created_at, doc.created_at, "device {device}: when {id} was made");
    for field in 0..4 {
        if field < 2 && doc.is_stripped() {
            assert!(held.at[field] <= doc.at[field], "device {device}: a text of {id} is older");
        } else {
            let (mine, theirs) = (&held.values[field], &doc.values[field]);
            assert_eq!(mine, theirs, "device {device}: field {field} of {id}: {held:?}, {doc:?}");
            assert_eq!(held.at[field], doc.at[field], "device {device}: stamp {field} of {id}");
        }
    }
}
