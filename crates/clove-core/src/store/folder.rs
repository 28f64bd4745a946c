//! The data folder and its files: private, real, and held by one process.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::error::OpenError;

/// How long another process may hold the lock before Clove gives up.
///
/// `clove add` holds it for some milliseconds, so a window that opens meanwhile waits for it.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// The files of one store.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    /// The folder that holds them.
    pub(crate) folder: PathBuf,
    /// The database. SQLite keeps `-wal` and `-shm` beside it.
    pub(crate) database: PathBuf,
}

impl Files {
    /// Makes the folder where it is missing, and checks that nothing in it is a symbolic link.
    pub(crate) fn prepare(folder: &Path) -> Result<Self, OpenError> {
        // Without a slash at its end, which would name the folder that a link leads to.
        let folder: &Path = &folder.components().collect::<PathBuf>();
        refuse_symlink(folder)?;
        make_private_folder(folder)
            .map_err(|source| OpenError::Folder { path: folder.to_owned(), source })?;
        // SQLite is told to follow no links, and means the whole path by it; links above Clove's
        // own folder are the user's business (`/tmp` is one on macOS).
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let database = folder.join("this-device.db");
        for suffix in ["", "-wal", "-shm", "-journal", ".lock"] {
            refuse_symlink(&with_suffix(&database, suffix))?;
        }
        Ok(Self { folder, database })
    }

    /// Takes the lock that one process at a time holds, for as long as the file lives.
    pub(crate) fn lock(&self) -> Result<File, OpenError> {
        let path = with_suffix(&self.database, ".lock");
        let storage = |source: io::Error| OpenError::Folder { path: path.clone(), source };
        let file = open_private_file(&path).map_err(storage)?;
        let step = Duration::from_millis(20);
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(source)) => return Err(storage(source)),
                Err(TryLockError::WouldBlock) if waited >= LOCK_PATIENCE => {
                    return Err(OpenError::InUse { path: self.folder.clone() });
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(step),
            }
            waited += step;
        }
    }

    /// Makes an empty, private database file where there is none, and makes an open one private.
    ///
    /// SQLite gives `-wal` and `-shm` the mode of the database.
    pub(crate) fn make_database_private(&self) -> io::Result<()> {
        open_private_file(&self.database).map(drop)
    }
}

/// Whether the file is marked read-only.
pub(crate) fn is_marked_read_only(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// Makes a private file with nothing in it, in place of what is there.
pub(crate) fn make_empty_private_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => open_private_file(path).map(drop),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
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
