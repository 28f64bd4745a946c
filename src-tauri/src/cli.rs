//! The command line: a window by default, `add` and `list` without one.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use clap::{Parser, Subcommand, ValueEnum};
use clove_core::{
    Clove, Environment, OpenError, Title,
    account::{Outside, view::Outcome},
    view::{Filter, TodoRow},
    words::{Spoken, say, told},
};

use crate::{
    app::{self, Launch},
    connection, doctor, files,
    handover::{self, Reply, Request},
    language, paths, platform,
    settings::Settings,
};

/// How long a verb looks for whoever holds the store: an app that starts has it before it listens.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many rows `clove list` asks for at a time.
const PAGE: usize = 500;

/// A todo app that works with and without a network.
#[derive(Debug, Parser)]
#[command(name = "clove", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// Open the small window that adds a todo.
    #[arg(long)]
    quick_add: bool,
    /// Start without a window, in the tray.
    #[arg(long, conflicts_with = "quick_add")]
    background: bool,
    /// A link that the system opens Clove with.
    #[arg(hide = true)]
    link: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add a todo, without a window.
    Add {
        /// What is to be done.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        text: Vec<String>,
    },
    /// Show todos, newest first.
    List {
        /// Which ones.
        #[arg(value_enum, default_value_t = Which::Active)]
        which: Which,
        /// As one JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Take in the todos of a file: Clove's export, a todo.txt, a list in Markdown, or a table (CSV).
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Write all todos that are not deleted as a file that can be imported again (JSON).
    Export {
        /// The file, which must be new; without one, they are printed.
        file: Option<PathBuf>,
    },
    /// Look at what signing in needs: addresses, tokens, links, keyring, clock.
    Doctor,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// To be done.
    Active,
    /// Done.
    Completed,
    /// Both.
    All,
    /// Deleted.
    Deleted,
}

/// Runs what the command line asks for.
#[must_use]
pub fn main() -> ExitCode {
    let started = Instant::now();
    let arguments = Arguments::parse();
    let folder = paths::data_folder();
    language::follow(&Settings::default());
    let outcome = match arguments.verb {
        None => match platform::prepare_for_windows() {
            Ok(()) => return app::run(started, folder, arguments.launch()),
            Err(reason) => Err(reason),
        },
        Some(Verb::Add { text }) => add(&folder, &text.join(" ")),
        Some(Verb::List { which, json }) => list(&folder, which.into(), json),
        Some(Verb::Import { file }) => import(&folder, &file),
        Some(Verb::Export { file }) => export(&folder, file.as_deref()),
        Some(Verb::Doctor) => doctor(&folder),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(io::stderr(), "clove: {message}");
            ExitCode::FAILURE
        }
    }
}

impl Arguments {
    /// What to show when the app starts, or when a second one hands over to it.
    pub(crate) fn launch(&self) -> Launch {
        match self {
            Self { quick_add: true, .. } => Launch::QuickAdd,
            Self { background: true, .. } => Launch::Background,
            _ => Launch::Main,
        }
    }
}

fn add(folder: &Path, title: &str) -> Result<(), String> {
    Title::parse(title).map_err(|refused| refused.say())?;
    match ask(folder, &Request::Add { title: title.to_owned() })? {
        Reply::Added(_) => Ok(()),
        other => Err(unexpected(other)),
    }
}

fn list(folder: &Path, filter: Filter, json: bool) -> Result<(), String> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut offset = 0;
    loop {
        let window = match ask(folder, &Request::List { filter, offset, limit: PAGE })? {
            Reply::Listed(window) => window,
            other => return Err(unexpected(other)),
        };
        let written = window.rows.iter().try_for_each(|row| print(&mut out, row, json));
        // A reader that has seen enough, such as `head`, is no failure.
        if written.and_then(|()| out.flush()).is_err() {
            return Ok(());
        }
        offset += PAGE;
        if offset >= window.total {
            return Ok(());
        }
    }
}

fn import(folder: &Path, file: &Path) -> Result<(), String> {
    let unread = |error: io::Error| files::refused("file-unread", file, &error);
    // Whoever reads it may be in another folder.
    let path = file.canonicalize().map_err(unread)?;
    match ask(folder, &Request::Import { path })? {
        Reply::Imported(imported) => {
            let _ = writeln!(io::stdout().lock(), "{}", files::words(&imported));
            Ok(())
        }
        other => Err(unexpected(other)),
    }
}

fn export(folder: &Path, file: Option<&Path>) -> Result<(), String> {
    let text = match ask(folder, &Request::Export)? {
        Reply::Exported(text) => text,
        other => return Err(unexpected(other)),
    };
    let written =
        match file {
            None => io::stdout().lock().write_all(text.as_bytes()),
            Some(file) => fs::OpenOptions::new().write(true).create_new(true).open(file).and_then(
                |mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()),
            ),
        };
    written
        .map_err(|error| files::refused("file-unwritten", file.unwrap_or(Path::new("-")), &error))
}

/// Prints what was found. It fails where something is in the way.
fn doctor(folder: &Path) -> Result<(), String> {
    let findings = match ask(folder, &Request::Examine)? {
        Reply::Examined(findings) => findings,
        other => return Err(unexpected(other)),
    };
    let _ = write!(io::stdout().lock(), "{}", doctor::lines(&findings));
    let bad = findings.iter().filter(|finding| finding.outcome == Outcome::Bad).count();
    match bad {
        0 => Ok(()),
        many => Err(say("doctor-in-the-way", &[("n", many.into())])),
    }
}

fn print(out: &mut impl Write, row: &TodoRow, json: bool) -> io::Result<()> {
    if json {
        serde_json::to_writer(&mut *out, row)?;
        return writeln!(out);
    }
    let mark = if row.completed { 'x' } else { ' ' };
    writeln!(out, "[{mark}] {}", row.title.replace(['\n', '\t'], " "))
}

/// Asks whoever holds the store, or opens it where nobody does.
fn ask(folder: &Path, request: &Request) -> Result<Reply, String> {
    let begun = Instant::now();
    loop {
        if let Ok(reply) = handover::send(folder, request) {
            return Ok(reply);
        }
        match open(folder) {
            Ok(core) => return Ok(tauri::async_runtime::block_on(answer(&core, request.clone()))),
            Err(OpenError::InUse { .. }) if begun.elapsed() < PATIENCE => {}
            Err(error) => return Err(error.say()),
        }
    }
}

fn open(folder: &Path) -> Result<Clove, OpenError> {
    let settings = Settings::load(folder).0;
    language::follow(&settings);
    let connection = connection::chosen(&settings);
    Clove::open(folder, Environment::system(), Outside::system(), connection)
}

async fn answer(core: &Clove, request: Request) -> Reply {
    if request == Request::Examine {
        core.restore().await;
    }
    handover::answer(core, None::<&tauri::AppHandle>, request).await
}

fn unexpected(reply: Reply) -> String {
    match reply {
        Reply::Failed(error) => error.message,
        _ => told("shell-odd-reply"),
    }
}

impl From<Which> for Filter {
    fn from(which: Which) -> Self {
        match which {
            Which::Active => Self::Active,
            Which::Completed => Self::Completed,
            Which::All => Self::All,
            Which::Deleted => Self::Deleted,
        }
    }
}
