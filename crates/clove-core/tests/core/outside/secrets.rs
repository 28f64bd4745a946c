//! No secret is anywhere but in the keyring: not in files, logs, errors, or what a window is told.

use std::{
    fmt::Write as _,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use clove_core::{
    Clove,
    account::{
        tokens::Freshness,
        view::{SignInMode, SignOutChoice},
    },
    http::{Answering, Body, Http, Request, Response, SystemHttp},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tracing::{Event, Metadata, Subscriber, field, span};

use super::{
    cloud::browse,
    scene::{Scene, add, lost, sign_in},
};
use crate::process::{child, folder};

#[test]
fn no_secret_leaves_the_keyring() {
    // The log is the whole process's, so this takes one of its own.
    let folder = TempDir::new().expect("a folder");
    let ended = child("outside::secrets::child_signs_in_and_out", folder.path(), "").output();
    let ended = ended.expect("a child");
    let told = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success() && told.contains("1 passed"), "{told}");
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn child_signs_in_and_out() {
    if folder().is_none() {
        return;
    }
    tracing::subscriber::set_global_default(Log).expect("the first one");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(signs_in_and_out());
}

async fn signs_in_and_out() {
    let mut scene = Scene::new();
    let wire = Arc::new(Wire::default());
    scene.http = wire.clone();
    let mut told = Told::default();
    let clove = scene.start().await;
    add(&clove, "mine").await;

    // An attempt that is void, hostile links, and one that fails.
    let page = clove.account().begin(SignInMode::SignUp).await.expect("a page");
    let void = browse(page, &[("email", "ada@example.com")]).await;
    told.look(&clove).await;
    let page = clove.account().begin(SignInMode::SignIn).await.expect("a page");
    let link = browse(page, &[("email", "ada@example.com")]).await;
    wire.note_link(&void);
    wire.note_link(&link);
    for link in [&void, &format!("{link}&state=x"), &format!("{link}&error=x"), &link[1..]] {
        told.error(&clove.callback(link).await.expect_err("hostile"));
    }
    scene.cloud().fault("clerk", json!({"kind": "error", "status": 500})).await;
    told.error(&clove.account().begin(SignInMode::SignIn).await.expect_err("no page"));

    sign_in(&scene, &clove, "ada@example.com").await;
    clove.refresh_profile().await;
    clove.account().token(Freshness::Forced).await.expect("a token");
    told.note(&format!("{:?}", clove.account().token(Freshness::Cached).await));
    told.look(&clove).await;
    for kind in ["cut", "refuse_tokens"] {
        scene.cloud().control("/faults/convex", json!({"kind": kind})).await;
        told.error(&clove.rename_profile("Eve").await.expect_err("refused"));
    }
    told.look(&clove).await;

    let sessions = scene.cloud().control("/sessions", Value::Null).await;
    for session in sessions.as_array().expect("a list") {
        let id = session["id"].as_str().expect("an id");
        scene.cloud().control(&format!("/sessions/{id}/revoke"), json!({})).await;
    }
    told.error(&clove.account().token(Freshness::Forced).await.expect_err("it is over"));
    lost(&clove.account_view());
    told.look(&clove).await;
    told.note_files(scene.folder.path());
    sign_in(&scene, &clove, "ada@example.com").await;
    told.note_files(scene.folder.path());
    let exports = scene.folder.path().join("exports");
    let done = clove.sign_out(SignOutChoice::Export, &exports).await.expect("signed out");
    told.note(&format!("{done:?}"));
    told.look(&clove).await;
    told.note_files(scene.folder.path());
    told.note_files(&exports);

    let log = LOG.lock().expect("not poisoned").clone();
    assert!(log.contains("hyper") && log.lines().count() > 50, "the log has all there is: {log}");
    let secrets = wire.secrets.lock().expect("not poisoned").clone();
    let kinds = ["token", "jwt", "state", "code_verifier", "rotating_token_nonce"];
    for kind in kinds {
        let some = secrets.iter().filter(|(name, _)| name == kind).count();
        assert!(some >= 2, "the test knows those of the kind {kind}: {some}");
    }
    for (kind, secret) in &secrets {
        let secret = secret.as_bytes();
        assert!(secret.len() >= 16, "a {kind} that can be looked for");
        assert!(!holds(log.as_bytes(), secret), "the log holds a {kind}");
        assert!(!holds(&told.0, secret), "something that was told or written holds a {kind}");
    }
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    // Faster than windows of the part's length, over megabytes.
    let first = part[0];
    let starts = text.iter().enumerate().filter(|(_, byte)| **byte == first);
    starts.into_iter().any(|(index, _)| text[index..].starts_with(part))
}

/// All that people, windows and files were told.
#[derive(Default)]
struct Told(Vec<u8>);

impl Told {
    fn note(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    fn error(&mut self, error: &impl std::error::Error) {
        self.note(&format!("{error} {error:?} {error:#?}"));
    }

    /// What a window can ask for.
    async fn look(&mut self, clove: &Clove) {
        let view = clove.account_view();
        let findings = clove.account().examine().await;
        self.note(&format!("{view:?} {findings:?}"));
        self.note(&serde_json::to_string(&(view, findings)).expect("JSON"));
    }

    fn note_files(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                self.0.extend(std::fs::read(path).expect("a file"));
            }
        }
    }
}

/// The network, which notes every secret that crosses it, and what kind of secret that is.
#[derive(Default)]
struct Wire {
    network: SystemHttp,
    secrets: Mutex<Vec<(String, String)>>,
}

impl Wire {
    fn note(&self, kind: &str, secret: &str) {
        self.secrets.lock().expect("not poisoned").push((kind.to_owned(), secret.to_owned()));
    }

    fn note_link(&self, link: &str) {
        for field in link.split_once('?').expect("a query").1.split('&') {
            let (name, value) = field.split_once('=').expect("a value");
            if name != "created_session_id" {
                self.note(name, value);
            }
        }
    }
}

impl Http for Wire {
    fn send(&self, request: Request) -> Answering<'_> {
        if let Some(token) = &request.authorization {
            let token = token.reveal();
            match token.strip_prefix("Bearer ") {
                Some(jwt) => self.note("jwt", jwt),
                None => self.note("token", token),
            }
        }
        if let Body::Form(fields) = &request.body {
            for (name, value) in fields {
                if ["state", "code_verifier", "rotating_token_nonce"].contains(name) {
                    self.note(name, value.reveal());
                }
            }
        }
        Box::pin(async move {
            let response: Response = self.network.send(request).await?;
            if let Some(token) = response.header("authorization") {
                self.note("token", token);
            }
            let body = serde_json::from_slice::<Value>(&response.body).unwrap_or_default();
            if let Some(jwt) = body["jwt"].as_str() {
                self.note("jwt", jwt);
            }
            Ok(response)
        })
    }
}

static LOG: Mutex<String> = Mutex::new(String::new());
static SPANS: AtomicU64 = AtomicU64::new(1);

/// A log of everything that any library says.
struct Log;

struct Line<'a>(&'a mut String);

impl field::Visit for Line<'_> {
    fn record_debug(&mut self, field: &field::Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Log {
    fn line(metadata: &Metadata<'_>, fields: impl FnOnce(&mut Line<'_>)) {
        let mut text = format!("{} {}", metadata.target(), metadata.name());
        fields(&mut Line(&mut text));
        let mut log = LOG.lock().expect("not poisoned");
        log.push_str(&text);
        log.push('\n');
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        Self::line(span.metadata(), |line| span.record(line));
        span::Id::from_u64(SPANS.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut text = "a span".to_owned();
        values.record(&mut Line(&mut text));
        LOG.lock().expect("not poisoned").push_str(&(text + "\n"));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        Self::line(event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
