//! Who is signed in, on the disk: `account.json` in the data folder. It holds no secret.
//!
//! It decides, without a keyring and without a network, whose todos open.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use url::Url;

use super::view::Profile;
use crate::store::Database;

/// The account whose todos are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record {
    /// The host of Clerk's Frontend API, with a port where it has one.
    pub(crate) frontend_api: String,
    /// The Convex deployment, as its origin.
    pub(crate) convex_url: String,
    /// Clerk's id of the user.
    pub(crate) user_id: String,
    /// What was last known of them.
    pub(crate) profile: Profile,
    /// Where their picture is.
    #[serde(default)]
    pub(crate) picture: Option<Url>,
    /// Whether they were asked if the todos of this device move into the account.
    #[serde(default)]
    pub(crate) asked_to_move: bool,
}

impl Record {
    /// Reads it; `None` where nobody is signed in. A file that makes no sense is set aside.
    pub(crate) fn load(folder: &Path) -> Option<Self> {
        let path = file_in(folder);
        let text = fs::read_to_string(&path)
            .inspect_err(|error| {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::error!(%error, "account.json can't be read: nobody counts as signed in");
                }
            })
            .ok()?;
        let read = serde_json::from_str(&text);
        if let Err(error) = &read {
            let kept = fs::rename(&path, path.with_extension("json.unreadable"));
            tracing::error!(%error, ?kept, "account.json makes no sense, and was set aside");
        }
        read.ok()
    }

    /// Writes it so that a crash leaves either the old one or the new one.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(file_in(folder))?;
        Ok(())
    }

    /// From now on nobody is signed in.
    pub(crate) fn remove(folder: &Path) -> io::Result<()> {
        match fs::remove_file(file_in(folder)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The database of an account, or of none. Another deployment's user with the same id has another.
    pub(crate) fn database_of(record: Option<&Self>) -> Database {
        record.map_or(Database::ThisDevice, |Self { convex_url, user_id, .. }| {
            Database::Account(format!("{convex_url}\n{user_id}"))
        })
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("account.json")
}
