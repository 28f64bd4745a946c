//! Clove as a whole beside a local cloud, on one device that is started anew as often as a test likes.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use clove_core::{
    Clove, Environment, Secret, Todos,
    account::{
        AccountError, Outside, Vault,
        connection::Connection,
        vault::VaultError,
        view::{AccountStatus, AccountView, SignInMode},
    },
    clock::{Clock, SystemClock},
    http::{Http, SystemHttp},
    random::SystemRandom,
    view::{Filter, Sort},
};
use tempfile::TempDir;
use tokio::sync::watch;

use super::cloud::{Cloud, browse};
use crate::support::{TestClock, environment};

/// Longer than anything here takes, so that what never comes fails the test.
const LONG: Duration = Duration::from_secs(30);

pub(crate) struct Scene {
    pub(crate) cloud: Option<Cloud>,
    pub(crate) connection: Connection,
    pub(crate) folder: TempDir,
    pub(crate) vault: Arc<Shared>,
    pub(crate) http: Arc<dyn Http>,
    pub(crate) clock: Arc<TestClock>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::beside(Cloud::start())
    }

    pub(crate) fn beside(cloud: Cloud) -> Self {
        let (_, clock) = environment();
        clock.set(SystemClock.now().get());
        Self {
            connection: cloud.connection.clone(),
            cloud: Some(cloud),
            folder: TempDir::new().expect("a folder"),
            vault: Arc::default(),
            http: Arc::new(SystemHttp::default()),
            clock,
        }
    }

    /// Another device that is connected to the same cloud.
    pub(crate) fn another(&self) -> Self {
        Self {
            cloud: None,
            connection: self.connection.clone(),
            folder: TempDir::new().expect("a folder"),
            vault: Arc::default(),
            http: self.http.clone(),
            clock: self.clock.clone(),
        }
    }

    pub(crate) fn cloud(&self) -> &Cloud {
        self.cloud.as_ref().expect("the cloud runs")
    }

    /// Clove as it starts, before the keyring is asked.
    pub(crate) fn open(&self) -> Clove {
        let random = Arc::new(SystemRandom);
        let environment = Environment { clock: self.clock.clone(), random };
        let outside = Outside { http: self.http.clone(), vault: self.vault.clone() };
        let connection = Some(self.connection.clone());
        Clove::open(self.folder.path(), environment, outside, connection).expect("Clove starts")
    }

    /// Clove as it starts.
    pub(crate) async fn start(&self) -> Clove {
        let clove = self.open();
        clove.restore().await;
        clove
    }

    /// The clock goes on by so many minutes.
    pub(crate) fn minutes_pass(&self, minutes: i64) {
        self.clock.set(self.clock.now().shifted(minutes * 60_000).get());
    }

    /// Every file of the data folder.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = fs::read_dir(self.folder.path()).expect("the data folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.map(|path| (path.clone(), fs::read(&path).expect("a file"))).collect()
    }

    /// How many databases of accounts there are.
    pub(crate) fn account_databases(&self) -> usize {
        let names = self.files().into_keys().map(|path| path.display().to_string());
        names.filter(|name| name.contains("account-") && name.ends_with(".db")).count()
    }

    /// `account.json`, where there is one.
    pub(crate) fn record(&self) -> Option<String> {
        fs::read_to_string(self.folder.path().join("account.json")).ok()
    }
}

/// The link with which the browser comes back from a sign-in that is begun here.
pub(crate) async fn link_of(clove: &Clove, email: &str) -> String {
    let page = clove.account().begin(SignInMode::SignIn).await.expect("a page to open");
    browse(page, &[("email", email)]).await
}

pub(crate) async fn try_sign_in(clove: &Clove, email: &str) -> Result<(), AccountError> {
    let link = link_of(clove, email).await;
    clove.callback(&link).await
}

/// Signs in, and waits until the keyring has it.
pub(crate) async fn sign_in(scene: &Scene, clove: &Clove, email: &str) {
    try_sign_in(clove, email).await.expect("a session");
    scene.vault.comes_to_hold("\"session\":{").await;
}

/// Ends Clove once its threads have let go of the data folder.
pub(crate) async fn quit(clove: Clove) {
    let ended = tokio::task::spawn_blocking(move || drop(clove));
    ended.await.expect("it ends");
}

pub(crate) async fn titles(todos: &Todos) -> Vec<String> {
    let window = todos.list(Filter::All, Sort::Oldest, 0, 100).await.expect("a list");
    window.rows.into_iter().map(|row| row.title).collect()
}

pub(crate) async fn add(clove: &Clove, title: &str) {
    clove.todos().add(title, None).await.expect("it is saved");
}

pub(crate) fn is_signed_in(view: &AccountView) -> bool {
    matches!(view.status, AccountStatus::SignedIn { .. })
}

/// Why the session was lost.
pub(crate) fn lost(view: &AccountView) -> &str {
    match &view.status {
        AccountStatus::SessionLost { message, .. } => message,
        other => panic!("it is not lost: {other:?}"),
    }
}

/// A keyring that outlives Clove, and has its moods.
#[derive(Default)]
pub(crate) struct Shared {
    secrets: watch::Sender<BTreeMap<String, Secret>>,
    mood: Mutex<Option<VaultError>>,
    /// Where it outlives this process, too.
    file: Option<PathBuf>,
    /// Held by the test while the keyring shows its dialog.
    dialog: Mutex<()>,
}

impl Shared {
    /// One that a process after this one finds again.
    pub(crate) fn kept_in(file: PathBuf) -> Self {
        let text = fs::read_to_string(&file).unwrap_or_else(|_| "{}".to_owned());
        let kept: BTreeMap<String, String> = serde_json::from_str(&text).expect("a whole file");
        let secrets = kept.into_iter().map(|(name, secret)| (name, Secret::new(secret)));
        let secrets = watch::Sender::new(secrets.collect());
        Self { secrets, file: Some(file), ..Self::default() }
    }

    /// Changes what it holds. A kill leaves the file as it was before, or as it is afterwards.
    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Secret>)) {
        self.secrets.send_modify(|secrets| {
            change(secrets);
            let Some(file) = &self.file else { return };
            let kept = secrets.iter().map(|(name, secret)| (name.as_str(), secret.reveal()));
            let text = serde_json::to_string(&kept.collect::<BTreeMap<_, _>>()).expect("JSON");
            let new = file.with_extension("new");
            fs::write(&new, text).and_then(|()| fs::rename(new, file)).expect("a file");
        });
    }

    /// From now on it answers like this; like itself, where there is no mood.
    pub(crate) fn set_mood(&self, mood: Option<VaultError>) {
        *self.mood.lock().expect("not poisoned") = mood;
    }

    /// It shows its dialog for as long as the answer lives.
    pub(crate) fn show_dialog(&self) -> MutexGuard<'_, ()> {
        self.dialog.lock().expect("not poisoned")
    }

    /// All that it holds.
    pub(crate) fn text(&self) -> String {
        let secrets = self.secrets.borrow();
        secrets.iter().map(|(name, secret)| [name, "=", secret.reveal(), "\n"].concat()).collect()
    }

    /// Waits until it holds a text. Clove writes behind.
    pub(crate) async fn comes_to_hold(&self, text: &str) {
        let holds = |secrets: &BTreeMap<String, Secret>| {
            secrets.values().any(|secret| secret.reveal().contains(text))
        };
        self.becomes(holds).await;
    }

    /// Waits until it is empty.
    pub(crate) async fn empties(&self) {
        self.becomes(|secrets| secrets.is_empty()).await;
    }

    async fn becomes(&self, is_so: impl Fn(&BTreeMap<String, Secret>) -> bool) {
        let mut secrets = self.secrets.subscribe();
        let became = tokio::time::timeout(LONG, secrets.wait_for(|now| is_so(now))).await;
        assert!(became.is_ok(), "the keyring never came to that");
    }

    /// Puts another text in place of one in every secret.
    pub(crate) fn replace(&self, from: &str, to: &str) {
        self.secrets.send_modify(|secrets| {
            for secret in secrets.values_mut() {
                *secret = Secret::new(secret.reveal().replace(from, to));
            }
        });
    }

    fn act<T>(&self, act: impl FnOnce() -> T) -> Result<T, VaultError> {
        drop(self.dialog.lock());
        match self.mood.lock().expect("not poisoned").clone() {
            Some(mood) => Err(mood),
            None => Ok(act()),
        }
    }
}

impl Vault for Shared {
    fn read(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        self.act(|| self.secrets.borrow().get(name).cloned())
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.act(|| self.change(|secrets| drop(secrets.insert(name.to_owned(), secret.clone()))))
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.act(|| self.change(|secrets| drop(secrets.remove(name))))
    }
}
