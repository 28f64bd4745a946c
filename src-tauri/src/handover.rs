//! How a verb in a terminal reaches the todos while another Clove has them open.
//!
//! Whoever holds the store answers requests: the running app over a local socket, or the command
//! itself where no app runs. One request and one reply a connection, each a line of JSON.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clove_core::{
    Clove,
    account::view::Finding,
    keep::view::Imported,
    view::{Filter, ListWindow, Sort, TodoRow},
    words::say,
};
use interprocess::local_socket::{Listener, ListenerOptions, Name, Stream, prelude::*};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime};

use crate::{
    doctor,
    error::{CommandError, ErrorCode},
    files,
};

/// The longest request, in bytes.
const REQUEST_MAX: u64 = 256 * 1024;
/// How long either side waits for the other.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a verb asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Request {
    /// Add a todo.
    Add {
        /// Its title.
        title: String,
    },
    /// Show a part of a list.
    List {
        /// Which list.
        filter: Filter,
        /// From which position on.
        offset: usize,
        /// How many rows.
        limit: usize,
    },
    /// Look at what signing in needs.
    Examine,
    /// Take in the todos of a file.
    Import {
        /// Where it is, whatever the folder of whoever reads it.
        path: PathBuf,
    },
    /// Show all todos as a file that can be imported.
    Export,
}

impl Request {
    /// How long its reply is waited for: a large file takes its time, and must not be sent twice.
    fn patience(&self) -> Duration {
        match self {
            Self::Import { .. } | Self::Export => 60 * PATIENCE,
            Self::Add { .. } | Self::List { .. } | Self::Examine => PATIENCE,
        }
    }
}

/// What it gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Reply {
    /// The todo is on the disk.
    Added(Vec<TodoRow>),
    /// The rows.
    Listed(ListWindow),
    /// What was found.
    Examined(Vec<Finding>),
    /// The todos are on the disk.
    Imported(Imported),
    /// The text of the file.
    Exported(String),
    /// Nothing was done.
    Failed(CommandError),
}

/// Answers a request: about todos from those that are open, about the account from the core. Without
/// an app, the desktop is asked only what it tells everybody.
pub(crate) async fn answer<R: Runtime>(
    core: &Clove,
    app: Option<&AppHandle<R>>,
    request: Request,
) -> Reply {
    let todos = core.todos();
    let outcome = match request {
        Request::Add { title } => {
            todos.add(&title, None).await.map(|done| Reply::Added(done.todos))
        }
        Request::List { filter, offset, limit } => {
            todos.list(filter, Sort::Newest, offset, limit).await.map(Reply::Listed)
        }
        Request::Examine => return Reply::Examined(doctor::examine(core, app).await),
        Request::Import { path } => match files::read(&todos, &path).await {
            Ok(import) => todos.import(import).await.map(Reply::Imported),
            Err(error) => return Reply::Failed(error),
        },
        Request::Export => {
            let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
            todos.export().await.map(text).map(Reply::Exported)
        }
    };
    outcome.unwrap_or_else(|error| Reply::Failed(error.into()))
}

/// Listens for requests, on a thread that lives as long as the process.
///
/// The caller holds the store's lock, so a socket that is there already is a leftover.
pub(crate) fn serve(
    folder: &Path,
    answer: impl Fn(Request) -> Reply + Send + Sync + 'static,
) -> io::Result<()> {
    let options = ListenerOptions::new().name(socket_name(folder)?).try_overwrite(true);
    let listener = options.create_sync()?;
    let answer = Arc::new(answer);
    thread("clove-handover", move || accept(&listener, &answer))
}

/// Sends a request to the Clove that has the store of `folder` open.
///
/// An error of the kind `NotFound` or `ConnectionRefused` means that none listens.
pub(crate) fn send(folder: &Path, request: &Request) -> io::Result<Reply> {
    let mut stream = Stream::connect(socket_name(folder)?)?;
    limit_waiting(&stream, request.patience())?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut reply = String::new();
    BufReader::new(stream).read_line(&mut reply)?;
    Ok(serde_json::from_str(&reply)?)
}

/// Each connection has a thread, so that a silent one keeps nobody waiting.
fn accept<A: Fn(Request) -> Reply + Send + Sync + 'static>(listener: &Listener, answer: &Arc<A>) {
    for stream in listener.incoming() {
        let answer = Arc::clone(answer);
        let serve = move |stream| {
            if let Err(error) = serve_one(stream, &*answer) {
                tracing::warn!(%error, "a request from a terminal was not answered");
            }
        };
        let served = stream.and_then(|stream| thread("clove-request", move || serve(stream)));
        if let Err(error) = served {
            tracing::warn!(%error, "a terminal could not be listened to");
        }
    }
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

/// Limits how long the other side is waited for, where the system can: Windows' pipes cannot.
fn limit_waiting(stream: &Stream, patience: Duration) -> io::Result<()> {
    let limited = stream
        .set_recv_timeout(Some(patience))
        .and_then(|()| stream.set_send_timeout(Some(PATIENCE)));
    match limited {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        other => other,
    }
}

fn serve_one(stream: Stream, answer: &dyn Fn(Request) -> Reply) -> io::Result<()> {
    limit_waiting(&stream, PATIENCE)?;
    let mut reader = BufReader::new(stream.take(REQUEST_MAX));
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let reply = match serde_json::from_str(&line) {
        Ok(request) => answer(request),
        Err(error) => {
            let reason = ("reason", error.to_string().into());
            let message = say("shell-odd-request", &[reason]);
            Reply::Failed(CommandError::new(ErrorCode::Invalid, message))
        }
    };
    let mut stream = reader.into_inner().into_inner();
    serde_json::to_writer(&mut stream, &reply)?;
    stream.write_all(b"\n")?;
    stream.flush()
}

/// A socket file among the todos, private as they are.
#[cfg(unix)]
fn socket_name(folder: &Path) -> io::Result<Name<'static>> {
    use interprocess::local_socket::GenericFilePath;
    folder.join("clove.sock").to_fs_name::<GenericFilePath>().map(Name::into_owned)
}

/// A named pipe, named after the folder.
#[cfg(windows)]
fn socket_name(folder: &Path) -> io::Result<Name<'static>> {
    use std::hash::{DefaultHasher, Hash, Hasher};

    use interprocess::local_socket::GenericNamespaced;
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    let name = format!("{}-{:016x}", crate::paths::IDENTIFIER, hasher.finish());
    name.to_ns_name::<GenericNamespaced>().map(Name::into_owned)
}

#[cfg(test)]
#[path = "handover_tests.rs"]
mod tests;
