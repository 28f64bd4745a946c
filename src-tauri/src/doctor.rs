//! What stands in the way of signing in and syncing, and the report that people can send.

use clove_core::account::{
    SCHEME,
    view::{Finding, Outcome},
};
use tauri::{AppHandle, Manager, Runtime, async_runtime};

use crate::{
    error::{CommandError, ErrorCode},
    platform::{self, LinkHandler},
    state::AppState,
};

/// How much of the log goes into the report, in lines.
const LOG_LINES: usize = 200;

/// Looks at everything that a sign-in needs: first at what the core knows, then at the desktop.
pub(crate) async fn examine<R: Runtime>(app: &AppHandle<R>) -> Result<Vec<Finding>, CommandError> {
    let core = app.state::<AppState>().core()?;
    let handle = app.clone();
    let desktop = async_runtime::spawn_blocking(move || vec![links(&handle), tray(&handle)]);
    let mut findings = core.account().examine().await;
    let closing = |_| CommandError::new(ErrorCode::Unavailable, "Clove is closing.");
    findings.extend(desktop.await.map_err(closing)?);
    Ok(findings)
}

/// Versions, findings and the end of the log: no secret, and no todo's text.
pub(crate) async fn diagnostics<R: Runtime>(app: &AppHandle<R>) -> Result<String, CommandError> {
    let findings = examine(app).await?;
    let state = app.state::<AppState>();
    let log = crate::logging::tail(state.folder(), LOG_LINES);
    Ok(report(&findings, &log))
}

fn report(findings: &[Finding], log: &str) -> String {
    let os = std::env::consts::OS;
    let arch = std::env::consts::ARCH;
    let mut report = format!("Clove {} on {os} ({arch})\n\n", env!("CARGO_PKG_VERSION"));
    for Finding { subject, outcome, finding, cure } in findings {
        report += &format!("{} {subject}: {finding}\n", mark(*outcome));
        if let Some(cure) = cure {
            report += &format!("     {cure}\n");
        }
    }
    report + "\nThe end of the log:\n" + log
}

/// A finding's outcome, as a terminal and a report show it.
pub(crate) fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Good => "[ok]",
        Outcome::Notice => "[!!]",
        Outcome::Bad => "[no]",
        Outcome::Skipped => "[--]",
    }
}

fn links<R: Runtime>(app: &AppHandle<R>) -> Finding {
    let subject = "Sign-in links".to_owned();
    let again = "Start Clove again: it registers itself at each start.";
    let (outcome, finding, cure) = match platform::link_handler(app, SCHEME) {
        LinkHandler::ThisProgram => (Outcome::Good, "They open this Clove.".to_owned(), None),
        LinkHandler::Nobody => {
            let cure = if cfg!(target_os = "macos") {
                "Put Clove into the Applications folder, and start it from there."
            } else {
                again
            };
            (
                Outcome::Bad,
                "No program opens them, so a sign-in never comes back.".to_owned(),
                Some(cure),
            )
        }
        LinkHandler::Other(program) => {
            (Outcome::Bad, format!("They open another program: {program}"), Some(again))
        }
    };
    Finding { subject, outcome, finding, cure: cure.map(str::to_owned) }
}

fn tray<R: Runtime>(app: &AppHandle<R>) -> Finding {
    let (outcome, finding) = if app.state::<AppState>().info().tray_available {
        (Outcome::Good, "The desktop shows it.")
    } else {
        (Outcome::Notice, "The desktop has none, so Clove quits when its window closes.")
    };
    Finding { subject: "Tray".to_owned(), outcome, finding: finding.to_owned(), cure: None }
}
