//! The local store: one SQLite file, one writer, a few readers.

mod backups;
mod carve;
mod connection;
mod folder;
mod history;
mod import;
mod incoming;
mod meta;
mod migrations;
mod order;
mod outgoing;
mod reader;
mod repair;
mod restore;
mod rows;
mod salvage;
mod search;
#[cfg(test)]
pub(crate) mod simulated;
mod sql;
mod transfer;
mod writer;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use rusqlite::ffi::ErrorCode;
use tokio::sync::watch;

pub(crate) use self::{
    backups::{Backup, Occasion, count as count_in},
    folder::{Database, Folder},
    history::{Recorded, entries_of, entry, lost_edits, next_action, replaced_by, write_history},
    import::{Counts as ImportCounts, import, preview_import},
    incoming::{
        Applied, Position, Taken, acknowledge, apply_page, measure_clock, meet_epoch, note_synced,
        position, retry_unread, set_aside, start_over,
    },
    meta::{clock_offset, quick_check},
    order::Place,
    outgoing::{Choice, next_push, set_aside_rows, standing, try_again, waiting_rows},
    reader::Cancel,
    restore::{preview as preview_restoration, restore},
    rows::{find_shown, id_of, insert, load, update},
    search::{Query, search},
    transfer::{Carried, carry, clear, living, take_in, unsynced, unsynced_count},
    writer::Batch,
};
use self::{
    folder::Files,
    migrations::Version,
    order::{Order, SharedOrder},
    reader::Readers,
    writer::{Lasts, Writer},
};
use crate::{
    clock::Millis,
    environment::Environment,
    error::{Damage, Error, OpenError, ReadOnly},
    keep::view::Repair,
};

/// Whether edits can be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    ReadWrite,
    /// No, for this reason.
    ReadOnly(ReadOnly),
}

/// An open store. Dropping it ends the threads, and only then lets the file go.
pub(crate) struct Store {
    // Declared in the order in which they must be dropped. The writer's connection is the last that
    // closes, because only it can move the log into the file, and leave one file behind.
    readers: Readers,
    writer: Option<Writer>,
    order: SharedOrder,
    access: Access,
    device: String,
    published: watch::Sender<u64>,
    /// Where it is; nowhere in a simulation.
    place: Option<(Files, Arc<Folder>)>,
    /// Whether the file turned out not to be as it was written.
    damaged: AtomicBool,
}

impl Store {
    /// Opens a database of `folder`, making it where there is none, and repairing it where it is
    /// damaged. `published` is raised by each commit that changed a todo.
    pub(crate) fn open(
        folder: Arc<Folder>,
        database: &Database,
        environment: &Environment,
        published: watch::Sender<u64>,
    ) -> Result<Self, OpenError> {
        connection::check_sqlite_version()?;
        let files = folder.files(database)?;
        repair::finish(&files)?;
        if repair::is_due(&files) {
            repair::repair(&files, database, environment, &Damage::Parts)?;
        }
        let open = || Self::open_files(&folder, &files, database, environment, &published);
        match open() {
            Err(OpenError::Damaged { damage, .. }) => {
                repair::repair(&files, database, environment, &damage)?;
                open()
            }
            opened => opened,
        }
    }

    fn open_files(
        folder: &Arc<Folder>,
        files: &Files,
        database: &Database,
        environment: &Environment,
        published: &watch::Sender<u64>,
    ) -> Result<Self, OpenError> {
        let marked_read_only = folder::is_marked_read_only(&files.database);
        if !marked_read_only {
            files.make_database_private().map_err(|error| OpenError::Folder {
                path: files.database.clone(),
                source: error,
            })?;
        }
        let failed = |error| open_error(files, &error);
        let version = {
            let connection =
                connection::open(&files.database, connection::Mode::ReadOnly).map_err(failed)?;
            let version = migrations::inspect(&connection, files)?;
            meta::check_account(&connection, files, database)?;
            version
        };
        let access = access(files, version);
        let order = SharedOrder::default();
        let mut device = String::new();
        let mut writer = None;
        if access == Access::ReadWrite {
            let mut connection =
                connection::open(&files.database, connection::Mode::ReadWrite).map_err(failed)?;
            migrations::migrate(&mut connection, files).map_err(failed)?;
            meta::name_account(&connection, database).map_err(failed)?;
            device = meta::device(&connection, &*environment.random).map_err(failed)?;
            let publish = published.clone();
            writer = Some(Writer::start(connection, order.clone(), publish).map_err(failed)?);
        }
        let readers = Readers::start(&files.database).map_err(failed)?;
        let loading = connection::open(&files.database, connection::Mode::ReadOnly)
            .and_then(|connection| Order::load(&connection));
        order.replace(loading.map_err(failed)?);
        let place = Some((files.clone(), folder.clone()));
        let (published, damaged) = (published.clone(), AtomicBool::new(false));
        Ok(Self { readers, writer, order, access, device, published, place, damaged })
    }

    /// Whether edits can be saved.
    pub(crate) fn access(&self) -> &Access {
        &self.access
    }

    /// This device's id in the history.
    pub(crate) fn device(&self) -> &str {
        &self.device
    }

    /// The lists, as of the last commit.
    pub(crate) fn order(&self) -> &SharedOrder {
        &self.order
    }

    /// Raised by each commit that changed a todo.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.published.subscribe()
    }

    /// Runs `job` in a transaction, together with those that wait beside it.
    ///
    /// When this returns `Ok`, what was written is on the disk.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(Lasts::Full, job).await
    }

    /// As [`Self::write`], for what would come again: a power cut may take it back.
    pub(crate) async fn write_repeatable<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(Lasts::Normal, job).await
    }

    async fn run<T: Send + 'static>(
        &self,
        lasts: Lasts,
        job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        match (&self.writer, &self.access) {
            (Some(writer), _) => self.watch(writer.run(lasts, job).await),
            (None, Access::ReadOnly(reason)) => Err(Error::ReadOnly(reason.clone())),
            (None, Access::ReadWrite) => Err(Error::Closed),
        }
    }

    /// Has every todo that was edited before this call indexed for search.
    pub(crate) async fn index(&self) {
        if let Some(writer) = &self.writer {
            writer.index().await;
        }
    }

    /// Keeps a copy of the database as it is, and answers where.
    pub(crate) async fn keep_copy(&self, occasion: Occasion) -> Result<PathBuf, Error> {
        let copy =
            move |connection: &_, files: &_| Ok(backups::make(connection, files, &occasion)?);
        Ok(self.copying(copy).await?.unwrap_or_default())
    }

    /// Makes the copy of the day, where there is none. A database that can only be read is left alone.
    pub(crate) async fn back_up(&self, now: Millis) -> Result<(), Error> {
        if self.access == Access::ReadWrite {
            let copy = move |connection: &_, files: &_| backups::make_daily(connection, files, now);
            self.copying(copy).await?;
        }
        Ok(())
    }

    /// Looks at the copies that there are, the newest first.
    pub(crate) async fn backups<T: Send + 'static>(
        &self,
        look: impl FnOnce(Vec<Backup>) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let files = self.place.clone().map(|(files, _)| files);
        let look = move |_: &_| {
            let listed = files.as_ref().map_or(Ok(Vec::new()), backups::list);
            listed.map(look).map_err(|error| Error::Storage(format!("the backups: {error}")))
        };
        self.read(Cancel::default(), look).await
    }

    /// What a copy holds, by the name of its file.
    pub(crate) async fn backup(&self, name: String, of: Database) -> Result<Carried, Error> {
        let Some((files, _)) = self.place.clone() else { return Err(Error::NotFound(None)) };
        let read = move |_: &_| {
            let listed = backups::list(&files);
            let listed = listed.map_err(|error| Error::Storage(format!("the backups: {error}")))?;
            let is_named = |backup: &&Backup| backup.path.file_name() == Some(name.as_ref());
            let backup = listed.iter().find(is_named).ok_or(Error::NoBackup)?;
            // That a copy is damaged says nothing of the database.
            backups::read(&files, &of, backup).map_err(|error| match error {
                Error::Damaged => Error::BackupDamaged,
                other => other,
            })
        };
        self.read(Cancel::default(), read).await
    }

    /// Runs a job that copies the database, beside those that read it; not in a simulation, which has no
    /// files.
    async fn copying<T: Send + 'static>(
        &self,
        job: impl FnOnce(&rusqlite::Connection, &Files) -> Result<T, Error> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        let Some((files, _)) = self.place.clone() else { return Ok(None) };
        let copy = move |_: &_| {
            // A reading connection may not write anywhere, and no transaction may be open here.
            let connection = connection::open(&files.database, connection::Mode::ReadWrite)?;
            job(&connection, &files)
        };
        self.read(Cancel::default(), copy).await.map(Some)
    }

    /// Runs a query on a thread of its own; `cancel` ends it early.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        cancel: Cancel,
        job: impl FnOnce(&rusqlite::Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.watch(self.readers.run(cancel, job).await)
    }

    /// Whether the file turned out not to be as it was written.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Acquire)
    }

    /// Has the database repaired when it is next opened.
    pub(crate) fn note_damage(&self) {
        let Some((files, _)) = &self.place else { return };
        if !self.damaged.swap(true, Ordering::AcqRel)
            && self.access == Access::ReadWrite
            && let Err(error) = files.mark_damaged()
        {
            tracing::error!(%error, "it could not be noted that the database is damaged");
        }
    }

    fn watch<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        outcome.inspect_err(|error| {
            if *error == Error::Damaged {
                tracing::error!("the database is damaged");
                self.note_damage();
            }
        })
    }

    /// What was rescued when this database was last found damaged.
    pub(crate) async fn repair(&self) -> Result<Option<Repair>, Error> {
        self.read(Cancel::default(), |connection| Ok(repair::noted(connection)?)).await
    }

    /// As [`Self::repair`], once.
    pub(crate) async fn take_untold_repair(&self) -> Result<Option<Repair>, Error> {
        if self.repair().await?.is_none() || self.writer.is_none() {
            return Ok(None);
        }
        self.write(repair::take_untold).await
    }
}

fn access(files: &Files, version: Version) -> Access {
    let path = files.database.clone();
    if version == Version::Newer {
        Access::ReadOnly(ReadOnly::Newer { path })
    } else if folder::is_marked_read_only(&path) {
        Access::ReadOnly(ReadOnly::Marked { path })
    } else {
        Access::ReadWrite
    }
}

fn open_error(files: &Files, error: &rusqlite::Error) -> OpenError {
    let (path, reason) = (files.database.clone(), error.to_string());
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => OpenError::DiskFull { path },
        _ if repair::is_damage(files, error) => {
            OpenError::Damaged { path, damage: Damage::Said(reason), obstacle: None }
        }
        _ => OpenError::Storage { path, reason },
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::OperationInterrupted) => Self::Superseded,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(ReadOnly::Become),
            _ => Self::Storage(error.to_string()),
        }
    }
}
