//! Clove on a device of its own.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use clove_core::{
    Clove, Environment, TodoId, Todos,
    account::{MemoryVault, Outside, view::SignInMode},
    http::SystemHttp,
    view::{Filter, Sort},
};
use tempfile::TempDir;

use crate::{
    Result,
    cloud::{Cloud, browse, folder},
};

pub(crate) struct Device {
    clove: Clove,
    _folder: TempDir,
}

impl Device {
    /// With somebody signed in, and not syncing yet.
    pub(crate) async fn signed_in(cloud: &Cloud, email: &str) -> Result<Self> {
        let folder = folder()?;
        let outside =
            Outside { http: Arc::new(SystemHttp::default()), vault: Arc::<MemoryVault>::default() };
        let connection = Some(cloud.connection.clone());
        let clove = Clove::open(folder.path(), Environment::system(), outside, connection)?;
        clove.restore().await;
        let page = clove.account().begin(SignInMode::SignIn).await?;
        clove.callback(&browse(page, email).await?).await?;
        Ok(Self { clove, _folder: folder })
    }

    pub(crate) fn todos(&self) -> Arc<Todos> {
        self.clove.todos()
    }

    /// Syncs from now on, and waits until the server has all edits.
    pub(crate) async fn sync(&self) -> Result<()> {
        self.clove.begin_syncing().await;
        while self.clove.flush().await? > 0 {}
        Ok(())
    }

    /// Syncs from now on, and tells how long it took until this many todos were there.
    pub(crate) async fn first_sync(&self, count: usize) -> Result<Duration> {
        let started = Instant::now();
        self.clove.begin_syncing().await;
        let mut changes = self.clove.changes();
        loop {
            let counts = self.todos().counts();
            if counts.active + counts.completed == count {
                return Ok(started.elapsed());
            }
            changes.changed().await?;
        }
    }

    /// How long it takes from an edit of the newest todo here until the other device has it.
    pub(crate) async fn change(&self, id: TodoId, title: &str, there: &Device) -> Result<Duration> {
        let started = Instant::now();
        let edit = async { Ok(self.todos().rename(id, title).await.map(drop)?) };
        tokio::try_join!(edit, there.until_title(title))?;
        Ok(started.elapsed())
    }

    /// Waits until the newest todo in the database has this title.
    pub(crate) async fn until_title(&self, title: &str) -> Result<()> {
        let mut changes = self.clove.changes();
        loop {
            changes.mark_unchanged();
            let newest = self.todos().list(Filter::All, Sort::Newest, 0, 1).await?;
            if newest.rows.first().is_some_and(|row| row.title == title) {
                return Ok(());
            }
            changes.changed().await?;
        }
    }

    /// Syncs no more, and is not connected.
    pub(crate) async fn disconnect(&self) {
        self.clove.end_syncing().await;
    }

    pub(crate) async fn end(self) {
        self.disconnect().await;
        let _ = tokio::task::spawn_blocking(move || drop(self)).await;
    }
}
