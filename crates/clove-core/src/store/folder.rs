//! The data folder and its files: private, real, and held by one process.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use ring::digest::{SHA256, digest};

use super::backups;
use crate::error::OpenError;

/// How long another process may hold the lock before Clove gives up.
///
/// `clove add` holds it for some milliseconds, so a window that opens meanwhile waits for it.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// The data folder, held by this process alone for as long as this lives.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

/// Which of a folder's databases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Database {
    /// The todos of nobody's account.
    ThisDevice,
    /// The todos of an account, which is named by a text of its own.
    Account(String),
}

/// The files of one database.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    /// The database. SQLite keeps `-wal` and `-shm` beside it.
    pub(crate) database: PathBuf,
}

impl Folder {
    /// Makes the folder where it is missing, and takes the lock that one process at a time holds.
    pub(crate) fn hold(folder: &Path) -> Result<Self, OpenError> {
        // Without a slash at its end, which would name the folder that a link leads to.
        let folder: &Path = &folder.components().collect::<PathBuf>();
        refuse_symlink(folder)?;
        make_private_folder(folder)
            .map_err(|source| OpenError::Folder { path: folder.to_owned(), source })?;
        // SQLite is told to follow no links, and means the whole path by it; links above Clove's
        // own folder are the user's business (`/tmp` is one on macOS).
        let path = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let lock = path.join("clove.lock");
        refuse_symlink(&lock)?;
        Ok(Self { _lock: lock_file(&lock, &path)?, path })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The files of one of its databases, none of which is a symbolic link.
    pub(super) fn files(&self, database: &Database) -> Result<Files, OpenError> {
        let database = self.path.join(database.file_name());
        for suffix in ["", "-wal", "-shm", "-journal", ".damaged", ".repaired"] {
            refuse_symlink(&with_suffix(&database, suffix))?;
        }
        Ok(Files { database })
    }

    /// Removes a database that nobody has open, and every copy of it.
    pub(crate) fn remove(&self, database: &Database) -> io::Result<()> {
        let database = self.path.join(database.file_name());
        backups::remove_all(&Files { database: database.clone() })?;
        // The database first: without it, its log means nothing.
        ["", "-wal", "-shm", "-journal"]
            .into_iter()
            .try_for_each(|suffix| remove_if_there(&with_suffix(&database, suffix)))
    }
}

impl Database {
    /// An account's file is named by a hash: what names an account is no name for a file.
    fn file_name(&self) -> String {
        match self {
            Self::ThisDevice => "this-device.db".to_owned(),
            Self::Account(name) => {
                let hash = digest(&SHA256, name.as_bytes());
                let digits: String =
                    hash.as_ref()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
                format!("account-{digits}.db")
            }
        }
    }
}

impl Files {
    /// Where copies of it are kept.
    pub(super) fn backups(&self) -> PathBuf {
        self.database.with_file_name("backups")
    }

    /// A file beside the database, whose name continues its name.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        with_suffix(&self.database, suffix)
    }

    /// A file that is there while the database is known to be damaged.
    pub(super) fn damage_mark(&self) -> PathBuf {
        self.beside(".damaged")
    }

    /// Has the database repaired before it is opened again.
    pub(super) fn mark_damaged(&self) -> io::Result<()> {
        open_private_file(&self.damage_mark()).map(drop)
    }

    /// The name of the database, without its ending.
    pub(super) fn stem(&self) -> String {
        self.database.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Makes an empty, private database file where there is none, and makes an open one private.
    ///
    /// SQLite gives `-wal` and `-shm` the mode of the database.
    pub(crate) fn make_database_private(&self) -> io::Result<()> {
        open_private_file(&self.database).map(drop)
    }
}

fn lock_file(path: &Path, folder: &Path) -> Result<File, OpenError> {
    let storage = |source: io::Error| OpenError::Folder { path: path.to_owned(), source };
    let file = open_private_file(path).map_err(storage)?;
    let step = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(source)) => return Err(storage(source)),
            Err(TryLockError::WouldBlock) if waited >= LOCK_PATIENCE => {
                return Err(OpenError::InUse { path: folder.to_owned() });
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(step),
        }
        waited += step;
    }
}

/// Whether the file is marked read-only.
pub(crate) fn is_marked_read_only(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// Makes the folder for copies where it is missing. A link in its place is not followed.
pub(super) fn make_backups_folder(path: &Path) -> io::Result<()> {
    refuse_symlink(path).map_err(io::Error::other)?;
    make_private_folder(path)
}

/// Makes a private file with nothing in it, in place of what is there.
pub(crate) fn make_empty_private_file(path: &Path) -> io::Result<()> {
    remove_if_there(path)?;
    open_private_file(path).map(drop)
}

/// Removes a file, if there is one.
pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives a file its name once all of it is on the disk, so that a power cut leaves it whole or not there.
pub(super) fn put(made: &Path, name: &Path) -> io::Result<()> {
    // Windows syncs a file for those alone who may write it.
    OpenOptions::new().write(true).open(made)?.sync_all()?;
    fs::rename(made, name)?;
    sync_names(name)
}

/// Gives a file another name, if it is there. The name is on the disk after [`sync_names`].
pub(super) fn move_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Has the names of a file and of those beside it on the disk: what syncs a file says nothing of the
/// folder that names it (<https://man7.org/linux/man-pages/man2/fsync.2.html>).
#[cfg(unix)]
pub(super) fn sync_names(of: &Path) -> io::Result<()> {
    of.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// Windows opens no folder as a file, and writes names in the order of its log.
#[cfg(not(unix))]
pub(super) fn sync_names(_of: &Path) -> io::Result<()> {
    Ok(())
}

/// The path with more behind its name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn refuse_symlink(path: &Path) -> Result<(), OpenError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.file_type().is_symlink() => {
            Err(OpenError::Symlink { path: path.to_owned() })
        }
        _ => Ok(()),
    }
}

/// The folders above it that are missing are private too, or others could put another in its place.
/// The modes are set after making: the umask can take bits away from what is asked for.
fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    set_mode(path, 0o700)
}

fn open_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    set_mode(path, 0o600)?;
    Ok(file)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    if permissions.mode() & 0o777 == mode {
        return Ok(());
    }
    permissions.set_mode(mode);
    fs::set_permissions(path, permissions)
}

/// On Windows a user's profile is private by its inherited access list.
#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
