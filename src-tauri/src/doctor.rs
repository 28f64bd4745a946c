//! What stands in the way of signing in and syncing, and the report that people can send.

use clove_core::{
    Clove,
    account::{
        SCHEME,
        view::{Finding, Outcome},
    },
    words::{say, told},
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
    let version = env!("CARGO_PKG_VERSION");
    let program = [("version", version.into()), ("system", os.into()), ("processor", arch.into())];
    let (program, end) = (say("doctor-report", &program), told("doctor-report-log"));
    format!("{program}\n\n{}\n{end}\n{log}", lines(findings))
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
    let subject = told("doctor-links");
    let again = Some(told("doctor-links-again-cure"));
    let (outcome, finding, cure) = match handler {
        LinkHandler::ThisProgram => (Outcome::Good, told("doctor-links-good"), None),
        LinkHandler::Unknown => (Outcome::Skipped, told("doctor-links-unknown"), None),
        LinkHandler::Nobody if cfg!(target_os = "macos") => {
            (Outcome::Bad, told("doctor-links-nobody"), Some(told("doctor-links-nobody-cure")))
        }
        LinkHandler::Nobody => (Outcome::Bad, told("doctor-links-nobody"), again),
        LinkHandler::Other(program) => {
            (Outcome::Bad, say("doctor-links-other", &[("program", program.into())]), again)
        }
    };
    Finding { subject, outcome, finding, cure }
}

fn tray<R: Runtime>(app: &AppHandle<R>) -> Finding {
    let (outcome, finding) = if app.state::<AppState>().info().tray_available {
        (Outcome::Good, told("doctor-tray-good"))
    } else {
        (Outcome::Notice, told("doctor-tray-none"))
    };
    Finding { subject: told("doctor-tray"), outcome, finding, cure: None }
}
