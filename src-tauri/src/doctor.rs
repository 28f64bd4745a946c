//! What stands in the way of signing in and syncing, and the report that people can send.

use clove_core::{
    Clove,
    account::{
        SCHEME,
        view::{Finding, Outcome},
    },
};
use tauri::{AppHandle, Manager, Runtime, async_runtime};

use crate::{
    error::CommandError,
    platform::{self, LinkHandler},
    state::AppState,
};

/// How much of the log goes into the report, in lines.
const LOG_LINES: usize = 200;

/// Looks at everything that a sign-in needs: at what the core knows, and at the desktop.
pub(crate) async fn examine<R: Runtime>(core: &Clove, app: Option<&AppHandle<R>>) -> Vec<Finding> {
    let handle = app.cloned();
    let desktop = async_runtime::spawn_blocking(move || {
        let links = links(&platform::link_handler(handle.as_ref(), SCHEME));
        [Some(links), handle.as_ref().map(tray)]
    });
    let mut findings = core.account().examine().await;
    findings.extend(desktop.await.into_iter().flatten().flatten());
    findings
}

/// Versions, findings and the end of the log: no secret, and no todo's text.
pub(crate) async fn diagnostics<R: Runtime>(app: &AppHandle<R>) -> Result<String, CommandError> {
    let state = app.state::<AppState>();
    let findings = examine(&*state.core()?, Some(app)).await;
    let log = crate::logging::tail(state.folder(), LOG_LINES);
    Ok(report(&findings, &log))
}

fn report(findings: &[Finding], log: &str) -> String {
    let os = std::env::consts::OS;
    let arch = std::env::consts::ARCH;
    let mut report = format!("Clove {} on {os} ({arch})\n\n", env!("CARGO_PKG_VERSION"));
    report += &lines(findings);
    report + "\nThe end of the log:\n" + log
}

/// Findings as a terminal and a report show them.
pub(crate) fn lines(findings: &[Finding]) -> String {
    let line = |Finding { subject, outcome, finding, cure }: &Finding| {
        let cure = cure.as_ref().map(|cure| format!("     {cure}\n")).unwrap_or_default();
        format!("{} {subject}: {finding}\n{cure}", mark(*outcome))
    };
    findings.iter().map(line).collect()
}

fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Good => "[ok]",
        Outcome::Notice => "[!!]",
        Outcome::Bad => "[no]",
        Outcome::Skipped => "[--]",
    }
}

fn links(handler: &LinkHandler) -> Finding {
    let subject = "Sign-in links".to_owned();
    let again = "Start Clove again: it registers itself at each start.";
    let (outcome, finding, cure) = match handler {
        LinkHandler::ThisProgram => (Outcome::Good, "They open this Clove.".to_owned(), None),
        LinkHandler::Unknown => {
            (Outcome::Skipped, "This can be seen while Clove is open.".to_owned(), None)
        }
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
