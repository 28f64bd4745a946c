//! Clove without its windows: whose todos are open, and what a sign-in and a sign-out mean for them.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use tokio::{sync::watch, task::spawn_blocking};

use crate::{
    account::{
        Account, AccountError, Connection, Outside, Record,
        view::{AccountView, SignOutChoice, SignedOut},
    },
    environment::Environment,
    error::OpenError,
    export,
    keep::Keeping,
    store::{Database, Folder},
    syncing::Syncing,
    todo::Todo,
    todos::Todos,
};

/// How long a sign-out waits for commands that still use the todos.
const CLOSING: Duration = Duration::from_secs(5);

/// Clove, open for use: the todos of one account or of none, and the account.
pub struct Clove {
    folder: Arc<Folder>,
    environment: Environment,
    published: watch::Sender<u64>,
    todos: RwLock<Arc<Todos>>,
    account: Arc<Account>,
    pub(crate) syncing: Syncing,
    pub(crate) keeping: Keeping,
    /// How many todos of this device wait for the word whether they move into the account.
    to_move: Mutex<Option<usize>>,
    /// One change of account at a time.
    switching: tokio::sync::Mutex<()>,
}

impl Clove {
    /// Opens the todos of whoever is signed in in `folder`. It needs neither network nor keyring.
    ///
    /// # Errors
    /// [`OpenError`] says what stands in the way. Files that exist are left as they are.
    pub fn open(
        folder: &Path,
        environment: Environment,
        outside: Outside,
        connection: Option<Connection>,
    ) -> Result<Self, OpenError> {
        let folder = Arc::new(Folder::hold(folder)?);
        let record = Record::load(folder.path());
        let database = Record::database_of(record.as_ref());
        let published = watch::Sender::default();
        let (held, raised) = (folder.clone(), published.clone());
        let todos = Todos::open_database(held, &database, environment.clone(), raised)?;
        Ok(Self {
            account: Arc::new(Account::new(environment.clone(), outside, connection, record)),
            syncing: Syncing::default(),
            keeping: Keeping::default(),
            folder,
            environment,
            published,
            todos: RwLock::new(Arc::new(todos)),
            to_move: Mutex::default(),
            switching: tokio::sync::Mutex::default(),
        })
    }

    /// The todos of whoever is signed in.
    #[must_use]
    pub fn todos(&self) -> Arc<Todos> {
        self.todos.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A number that rises with each commit that changed a todo, and with each change of account.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.published.subscribe()
    }

    /// Who is signed in.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    pub(crate) fn shared_account(&self) -> Arc<Account> {
        self.account.clone()
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Who is signed in, as a window shows it.
    #[must_use]
    pub fn account_view(&self) -> AccountView {
        let to_move = *self.to_move.lock().unwrap_or_else(PoisonError::into_inner);
        AccountView { todos_to_move: to_move, ..self.account.view() }
    }

    /// Takes up the session of the last run. To be called once, after opening.
    pub async fn restore(&self) {
        self.account.restore().await;
        let _one = self.switching.lock().await;
        self.ask_about_moving().await;
    }

    /// Takes a link in that somebody opened, perhaps the browser at the end of a sign-in.
    ///
    /// # Errors
    /// Why nothing came of it. A link that answers no attempt of ours changes nothing.
    pub async fn callback(&self, link: &str) -> Result<(), AccountError> {
        let _one = self.switching.lock().await;
        let mut record = self.account.redeem(link).await?;
        let before = self.account.record();
        let is_same = Record::database_of(before.as_ref()) == Record::database_of(Some(&record));
        record.asked_to_move = before.is_some_and(|before| is_same && before.asked_to_move);
        if let Err(error) = self.switch(Some(record.clone())).await {
            return Err(self.account.abandon(error).await);
        }
        self.account.establish(record);
        self.start_sync().await;
        self.ask_about_moving().await;
        Ok(())
    }

    /// Moves the todos that were made on this device before the sign-in into the account, or leaves
    /// them where they are: there they are shown again once nobody is signed in.
    ///
    /// # Errors
    /// Why they could not be moved; then none was lost, and the question stays.
    pub async fn move_todos(&self, wanted: bool) -> Result<(), AccountError> {
        let _one = self.switching.lock().await;
        let Some(record) = self.account.record() else { return Ok(()) };
        if wanted {
            let device = self.open_database(Database::ThisDevice).await?;
            let moved = device.move_into(&self.todos()).await;
            close(device).await;
            moved?;
        }
        let record = Record { asked_to_move: true, ..record };
        record.save(self.folder.path())?;
        self.account.know(record);
        self.set_to_move(None);
        Ok(())
    }

    /// Signs out here and at Clerk, and opens the todos of nobody's account.
    ///
    /// # Errors
    /// Why it could not be done; then somebody is still signed in, and nothing was lost.
    pub async fn sign_out(
        &self,
        choice: SignOutChoice,
        exports: &Path,
    ) -> Result<SignedOut, AccountError> {
        let one = self.switching.lock().await;
        let leaving = self.todos();
        let (mut exported, mut exported_to) = (None, None);
        if choice == SignOutChoice::Export {
            let todos = leaving.unsynced().await?;
            exported_to = Some(self.export(todos.clone(), exports).await?);
            exported = Some(todos);
        }
        self.switch(None).await?;
        self.set_to_move(None);
        let farewell = self.account.end();
        if choice != SignOutChoice::Keep {
            self.remove(leaving, exported).await;
        }
        // Clerk may be slow to hear of it; nobody has to wait for that to sign in again.
        drop(one);
        farewell.await;
        Ok(SignedOut { exported_to: exported_to.map(|path| path.display().to_string()) })
    }

    /// Removes an account's database once nobody uses it, unless it holds an edit that is not in the
    /// exported todos: one that came in while they were written.
    async fn remove(&self, leaving: Arc<Todos>, exported: Option<Vec<Todo>>) {
        let database = leaving.database().clone();
        if database == Database::ThisDevice {
            return;
        }
        let Some(last) = alone(leaving).await else {
            return tracing::error!("the todos of the account are in use, so they were kept");
        };
        let is_exported = match exported {
            Some(exported) => last.unsynced().await.is_ok_and(|todos| todos == exported),
            None => true,
        };
        let folder = self.folder.clone();
        let remove = move || {
            drop(last);
            if is_exported { folder.remove(&database) } else { Ok(()) }
        };
        match spawn_blocking(remove).await {
            Ok(Err(error)) => tracing::error!(%error, "the account's todos could not be removed"),
            _ if !is_exported => tracing::warn!("todos came in during the export, and were kept"),
            _ => {}
        }
    }

    /// Asks the backend who is signed in. Without a network, what was known before stays.
    pub async fn refresh_profile(&self) {
        match self.account.fetch_profile().await {
            Ok(record) => self.remember(record).await,
            Err(error) => tracing::info!(%error, "nothing new is known of the account"),
        }
    }

    /// Has whoever is signed in called otherwise.
    ///
    /// # Errors
    /// Why the name stays as it was.
    pub async fn rename_profile(&self, name: &str) -> Result<(), AccountError> {
        self.account.rename(name).await?;
        self.remember(self.account.fetch_profile().await?).await;
        Ok(())
    }

    /// Keeps what is known of the account, for starts without a network.
    async fn remember(&self, Record { user_id, profile, picture, .. }: Record) {
        let _one = self.switching.lock().await;
        // It may have ended while it was asked about, or the todos may have moved.
        let Some(now) = self.account.record().filter(|now| now.user_id == user_id) else { return };
        let record = Record { profile, picture, ..now };
        if let Err(error) = record.save(self.folder.path()) {
            tracing::warn!(%error, "what is known of the account was not kept");
        }
        self.account.know(record);
    }

    /// Opens the todos of an account, or of none, and lets go of those that are open.
    async fn switch(&self, record: Option<Record>) -> Result<(), AccountError> {
        let database = Record::database_of(record.as_ref());
        let opened = match *self.todos().database() == database {
            true => None,
            false => Some(self.open_database(database).await?),
        };
        // From here on, a Clove that starts anew opens the same.
        let written = match record {
            Some(record) => record.save(self.folder.path()),
            None => Record::remove(self.folder.path()),
        };
        if let Err(error) = written {
            if let Some(opened) = opened {
                close(opened).await;
            }
            return Err(error.into());
        }
        if let Some(opened) = opened {
            // Nothing of the old ones' sync may touch them, or the new ones.
            self.stop_sync().await;
            let mut todos = self.todos.write().unwrap_or_else(PoisonError::into_inner);
            let old = std::mem::replace(&mut *todos, opened);
            // The last one to let go of them waits for their threads: not one of the runtime's.
            spawn_blocking(move || drop(old));
        }
        self.published.send_modify(|revision| *revision += 1);
        Ok(())
    }

    async fn open_database(&self, database: Database) -> Result<Arc<Todos>, AccountError> {
        let (folder, environment) = (self.folder.clone(), self.environment.clone());
        let published = self.published.clone();
        let open = move || Todos::open_database(folder, &database, environment, published);
        let opened = spawn_blocking(open).await.map_err(|_| AccountError::Closing)?;
        Ok(Arc::new(opened?))
    }

    async fn export(&self, todos: Vec<Todo>, folder: &Path) -> Result<PathBuf, AccountError> {
        let (folder, now) = (folder.to_owned(), self.environment.clock.now());
        let write = move || export::write(&folder, &todos, now);
        Ok(spawn_blocking(write).await.map_err(|_| AccountError::Closing)??)
    }

    /// Counts the todos of this device that an account may want, unless that was asked before.
    async fn ask_about_moving(&self) {
        let asked = self.account.record().is_none_or(|record| record.asked_to_move);
        if asked || *self.todos().database() == Database::ThisDevice {
            return;
        }
        match self.open_database(Database::ThisDevice).await {
            Ok(device) => {
                let counts = device.counts();
                close(device).await;
                self.set_to_move(Some(counts.active + counts.completed).filter(|count| *count > 0));
            }
            Err(error) => tracing::warn!(%error, "the todos of this device could not be counted"),
        }
    }

    fn set_to_move(&self, count: Option<usize>) {
        *self.to_move.lock().unwrap_or_else(PoisonError::into_inner) = count;
        self.account.changed();
    }
}

/// Closes todos that nobody else uses.
async fn close(todos: Arc<Todos>) {
    // It waits for their threads: not one of the runtime's.
    let _ = spawn_blocking(move || drop(todos)).await;
}

/// Waits until nobody else uses the todos any more; `None` where they are used for too long.
async fn alone(mut todos: Arc<Todos>) -> Option<Todos> {
    let step = Duration::from_millis(10);
    let mut waited = Duration::ZERO;
    loop {
        match Arc::try_unwrap(todos) {
            Ok(last) => return Some(last),
            Err(_) if waited >= CLOSING => return None,
            Err(shared) => todos = shared,
        }
        tokio::time::sleep(step).await;
        waited += step;
    }
}

#[cfg(test)]
#[path = "app_tests.rs"]
mod tests;
