//! A local cloud of a test's own, the app's half of a sign-in, and a browser.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use clove_core::{
    account::{
        Link,
        answers::Session,
        attempt::{self, Attempt},
        clock::ServerClock,
        connection::{self, Connection},
        convex_api::ConvexApi,
        frontend_api::FrontendApi,
        jwks::Jwks,
        tokens::Tokens,
        view::SignInMode,
    },
    clock::{Clock, SystemClock},
    http::{Answering, Body, Http, Request, Response, SystemHttp},
    random::Random,
    secret::Secret,
};
use serde_json::{Value, json};
use url::Url;

use crate::support::{TestClock, environment};

/// The variables that connect Clove to a cloud.
pub(crate) const VARIABLES: [&str; 2] = ["CLERK_PUBLISHABLE_KEY", "CONVEX_URL"];

/// The local cloud, which ends with the test.
pub(crate) struct Cloud {
    process: Child,
    control: Url,
    pub(crate) connection: Connection,
    /// What connects another process to it.
    pub(crate) variables: [(&'static str, String); 2],
    /// To make one for each call takes longer than the call.
    http: SystemHttp,
    _folder: tempfile::TempDir,
}

impl Cloud {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// With more arguments; `local-cloud/README.md` lists them.
    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut node = Command::new("node");
        node.current_dir(root).args(["--import", "tsx", "local-cloud/main.ts", "--free-ports"]);
        node.args(arguments).arg("--data").arg(folder.path()).stdout(Stdio::piped());
        let mut process = node.spawn().expect("Node is installed");
        let output = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut said = Vec::new();
        for line in output.lines() {
            said.push(line.expect("text"));
            // The last line that it prints.
            if said.last().is_some_and(|line| line.starts_with("CONVEX_URL=")) {
                break;
            }
        }
        let find = |before: &str| {
            let rest = said.iter().find_map(|line| line.trim().strip_prefix(before));
            rest.expect("the local cloud runs (npm ci installs what it needs)").trim()
        };
        let variables = VARIABLES.map(|name| (name, find(&format!("{name}=")).to_owned()));
        let check = connection::check(&variables[0].1, &variables[1].1);
        let connection = check.connection().expect("the addresses are right");
        let control = find("Control").parse().expect("a URL");
        let http = SystemHttp::default();
        Self { process, control, connection, variables, http, _folder: folder }
    }

    /// Has the control port do something; `local-cloud/README.md` lists what it can.
    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let mut url = self.control.clone();
        url.set_path(path);
        let body =
            if body.is_null() { Body::Get } else { Body::Json(Secret::new(body.to_string())) };
        let response = send(&self.http, url, body).await;
        assert_eq!(response.status, 200, "{path}: {}", String::from_utf8_lossy(&response.body));
        serde_json::from_slice(&response.body).expect("JSON")
    }

    /// Has everything go well again. Clove itself never sends a DELETE, so this is said by hand.
    pub(crate) fn lift_faults(&self, service: &str) {
        use std::io::{Read, Write};
        let host = &self.control[url::Position::BeforeHost..url::Position::AfterPort];
        let mut stream = std::net::TcpStream::connect(host).expect("the control port");
        let request = format!("DELETE /faults/{service} HTTP/1.0\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        assert!(answer.contains(" 200 "), "{answer}");
    }

    /// It stops where it is: connections to it are made, and never answered.
    #[cfg(unix)]
    pub(crate) fn stop_answering(&self) {
        let process = rustix::process::Pid::from_child(&self.process);
        let stopped = rustix::process::kill_process(process, rustix::process::Signal::STOP);
        stopped.expect("a process of ours");
    }

    /// Has the next request to a service that matches go wrong.
    pub(crate) async fn fault(&self, service: &str, fault: Value) {
        let mut fault = fault;
        fault["times"] = json!(1);
        self.control(&format!("/faults/{service}"), fault).await;
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The app on one device, with a clock of its own.
pub(crate) struct Device {
    pub(crate) connection: Connection,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) server_clock: Arc<ServerClock>,
    pub(crate) http: Arc<Tap>,
    pub(crate) frontend: Arc<FrontendApi>,
    /// Every client token that was told, the newest last.
    pub(crate) rotations: Arc<Mutex<Vec<Secret>>>,
    random: Arc<dyn Random>,
}

impl Device {
    /// A device whose clock is `skew` milliseconds ahead, and then stands still.
    pub(crate) fn new(cloud: &Cloud, skew: i64) -> Self {
        Self::with_token(cloud, skew, None)
    }

    pub(crate) fn with_token(cloud: &Cloud, skew: i64, token: Option<Secret>) -> Self {
        let (environment, clock) = environment();
        clock.set(SystemClock.now().shifted(skew).get());
        let server_clock = Arc::new(ServerClock::new(clock.clone()));
        let http = Arc::new(Tap::default());
        let rotations = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&rotations);
        let rotated = Box::new(move |token: &Secret| {
            told.lock().expect("not poisoned").push(token.clone());
        });
        let connection = cloud.connection.clone();
        let (base, timing) = (connection.frontend_api(), server_clock.clone());
        let frontend = FrontendApi::new(http.clone(), timing, base, token, rotated);
        let (frontend, random) = (Arc::new(frontend), environment.random);
        Self { connection, clock, server_clock, http, frontend, rotations, random }
    }

    pub(crate) fn attempt(&self, mode: SignInMode) -> Attempt {
        Attempt::begin(mode, &*self.random, self.clock.now()).expect("randomness")
    }

    /// The link with which the browser comes back from this attempt.
    pub(crate) async fn visit(&self, attempt: &Attempt, fields: &[(&'static str, &str)]) -> Link {
        let page = self.frontend.begin(attempt).await.expect("a page to open");
        let link = Link::parse(&browse(page, fields).await).expect("a link of the right shape");
        attempt::check(&link, Some(attempt), self.clock.now()).expect("it answers the attempt");
        link
    }

    pub(crate) async fn sign_in(&self, email: &str) -> Session {
        let attempt = self.attempt(SignInMode::SignIn);
        let link = self.visit(&attempt, &[("email", email)]).await;
        self.frontend.redeem(&link, &attempt).await.expect("a session")
    }

    pub(crate) fn tokens(&self, session: &Session) -> Tokens {
        let (url, issuer) = (self.connection.jwks(), self.connection.issuer());
        let jwks = Jwks::new(self.http.clone(), self.clock.clone(), url, issuer);
        let who = (session.id.clone(), session.user.id.clone());
        Tokens::new(self.frontend.clone(), jwks, self.server_clock.clone(), who)
    }

    pub(crate) fn convex(&self) -> ConvexApi {
        ConvexApi::new(self.http.clone(), self.connection.convex_url.clone())
    }
}

/// The network, which notes the paths of requests and can do as if there was no JWT template.
#[derive(Default)]
pub(crate) struct Tap {
    network: SystemHttp,
    paths: Mutex<Vec<String>>,
    pub(crate) hides_template: AtomicBool,
}

impl Tap {
    /// The requests since the last call whose path ends so.
    pub(crate) fn count(&self, end: &str) -> usize {
        let paths = std::mem::take(&mut *self.paths.lock().expect("not poisoned"));
        paths.iter().filter(|path| path.ends_with(end)).count()
    }
}

impl Http for Tap {
    fn send(&self, mut request: Request) -> Answering<'_> {
        let path = request.url.path().to_owned();
        if self.hides_template.load(Ordering::Relaxed) && path.ends_with("/tokens/convex") {
            request.url.set_path(&format!("{path}-not"));
        }
        self.paths.lock().expect("not poisoned").push(path);
        self.network.send(request)
    }
}

/// Opens a hosted page, sends its form, and gives the link that the browser is sent to.
pub(crate) async fn browse(page: Url, fields: &[(&'static str, &str)]) -> String {
    let http = SystemHttp::default();
    let html = send(&http, page.clone(), Body::Get).await;
    let html = String::from_utf8(html.body).expect("text");
    let (_, form) = html.split_once(r#"<form method="post" action=""#).expect("a form");
    let (action, _) = form.split_once('"').expect("an address");
    let fields = fields.iter().map(|(name, value)| (*name, Secret::new(*value)));
    let target = page.join(&action.replace("&#38;", "&")).expect("an address");
    let response = send(&http, target, Body::Form(fields.collect())).await;
    assert_eq!(response.status, 303, "the browser is sent back");
    response.header("location").expect("a link").to_owned()
}

async fn send(http: &SystemHttp, url: Url, body: Body) -> Response {
    let request = Request { url, authorization: None, body };
    http.send(request).await.expect("the local cloud answers")
}
