//! The session's keyring: a real gnome-keyring, with its own dialog, on the session's own bus.

use std::{collections::HashMap, fs, io::Write, process::Stdio};

use zbus::{
    blocking::{Connection, Proxy, connection::Builder, fdo::DBusProxy},
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use super::{processes::Group, session::Session, wait::until};

/// The password of the session's person, which opens the keyring.
const PASSWORD: &str = "a password";
/// The title of the dialog that asks for it.
const DIALOG: &str = "Unlock Login Keyring";
const SERVICE: &str = "org.freedesktop.secrets";
/// The program of gnome-keyring's dialog, as the desktop finds it.
const PROMPTER: &str = "org.gnome.keyring.SystemPrompter.service";

/// A running keyring. Dropped, it is killed; its file stays in the session.
pub(crate) struct Keyring {
    connection: Connection,
    _daemon: Group,
}

/// An entry, as the Secret Service has it
/// (<https://specifications.freedesktop.org/secret-service/latest/>).
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) label: String,
    pub(crate) attributes: HashMap<String, String>,
    pub(crate) secret: Vec<u8>,
}

/// The Secret Service's struct of a secret: its session, parameters, value and content type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

impl Keyring {
    /// Starts it open, as a login with a password does. The first start makes it.
    pub(crate) fn start(session: &Session) -> Self {
        Self::launch(session, &["--unlock"], PASSWORD)
    }

    /// Starts it locked, as an automatic login does: whoever wants to read or write has it ask in a
    /// dialog. [`Self::start`] must have made it before.
    pub(crate) fn start_locked(session: &Session) -> Self {
        assert!(session.path("data/keyrings/login.keyring").exists(), "there is a keyring");
        let file = fs::read(format!("/usr/share/dbus-1/services/{PROMPTER}")).unwrap();
        fs::write(session.path("run/services").join(PROMPTER), file).unwrap();
        let mut export = session.command("dbus-update-activation-environment");
        assert!(export.arg("DISPLAY").status().unwrap().success(), "the dialog has a display");
        Self::launch(session, &[], "")
    }

    /// Waits for the dialog, goes to it, and types the password.
    #[track_caller]
    pub(crate) fn unlock(&self, session: &Session) {
        session.activate(DIALOG);
        session.type_text(PASSWORD);
        session.key("Return");
        session.until_no_window(DIALOG);
    }

    /// Whether it has to be unlocked before it can be read.
    pub(crate) fn is_locked(&self) -> bool {
        let login = self.proxy("/org/freedesktop/secrets/collection/login", "Collection");
        login.get_property("Locked").unwrap()
    }

    /// Everything that is kept in it; it has to be open.
    pub(crate) fn items(&self) -> Vec<Item> {
        let service = self.proxy("/org/freedesktop/secrets", "Service");
        let (_, session): (OwnedValue, OwnedObjectPath) =
            service.call("OpenSession", &("plain", Value::from(""))).unwrap();
        let (open, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            service.call("SearchItems", &HashMap::<&str, &str>::new()).unwrap();
        assert!(locked.is_empty(), "the keyring is locked");
        // An entry that was removed since it was found has nothing to read.
        let read = |path: OwnedObjectPath| {
            let item = self.proxy(path.as_str(), "Item");
            let (_, _, secret, _): Secret = item.call("GetSecret", &session).ok()?;
            let label = item.get_property("Label").ok()?;
            Some(Item { label, attributes: item.get_property("Attributes").ok()?, secret })
        };
        open.into_iter().filter_map(read).collect()
    }

    fn launch(session: &Session, options: &[&str], password: &str) -> Self {
        let mut command = session.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]).args(options);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut daemon = Group::spawn(command);
        daemon.child().stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        let connection = Builder::address(session.bus()).unwrap().build().unwrap();
        let bus = DBusProxy::new(&connection).unwrap();
        let answers = || bus.name_has_owner(SERVICE.try_into().unwrap()).unwrap();
        until("the keyring answers", answers);
        Self { connection, _daemon: daemon }
    }

    fn proxy(&self, path: &str, interface: &str) -> Proxy<'static> {
        let (path, interface) = (path.to_owned(), format!("org.freedesktop.Secret.{interface}"));
        Proxy::new(&self.connection, SERVICE, path, interface).unwrap()
    }
}
