//! Convex and Clerk, as far as a session reaches: the local cloud, with its data in the session.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::Stdio,
};

use serde_json::Value;

use super::{processes::Group, session::Session};

/// Connects a Clove where nobody answers: to the port of echo, on this machine.
pub(crate) const NOBODY_ANSWERS: [(&str, &str); 2] =
    [("CLERK_PUBLISHABLE_KEY", "pk_test_MTI3LjAuMC4xOjck"), ("CONVEX_URL", "http://127.0.0.1:7")];

/// A running local cloud. Dropped, it is killed.
pub(crate) struct Cloud {
    /// What it said of itself: "Clerk", "CONVEX_URL" and so on.
    said: HashMap<String, String>,
    _node: Group,
}

impl Cloud {
    /// Starts it on free ports.
    pub(crate) fn start(session: &Session) -> Self {
        let mut command = session.command("node");
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.args(["--import", "tsx", "local-cloud/main.ts", "--free-ports", "--data"]);
        command.arg(session.path("cloud")).stdout(Stdio::piped());
        let mut node = Group::spawn(command);
        let output = BufReader::new(node.child().stdout.take().unwrap());
        let mut said = HashMap::new();
        for line in output.lines().map(Result::unwrap) {
            let pair = line.split_once('=').or_else(|| line.trim().split_once("  "));
            let Some((name, value)) = pair else { continue };
            said.insert(name.to_owned(), value.trim().to_owned());
            // The last of it.
            if name == "CONVEX_URL" {
                return Self { said, _node: node };
            }
        }
        panic!("the local cloud did not start: run `npm ci`, then `npm run cloud`")
    }

    /// Starts it, and connects every Clove of the session to it.
    pub(crate) fn connected(session: &Session) -> Self {
        let cloud = Self::start(session);
        session.connect(cloud.variables());
        cloud
    }

    /// The two variables that connect Clove to it.
    pub(crate) fn variables(&self) -> [(&str, &str); 2] {
        ["CLERK_PUBLISHABLE_KEY", "CONVEX_URL"].map(|name| (name, self.said[name].as_str()))
    }

    /// Where its hosted pages are.
    pub(crate) fn clerk(&self) -> &str {
        &self.said["Clerk"]
    }

    /// Signs somebody in on the hosted page at this address, as any browser could. The link that the
    /// page leads to.
    #[track_caller]
    pub(crate) fn sign_in_at(&self, page: &str, email: &str) -> String {
        let path = page.strip_prefix(self.clerk()).expect("the page is the cloud's");
        let form = format!("email={email}");
        let (head, body) = ask(self.clerk(), "POST", path, FORM, &form);
        let link = head.lines().find_map(|line| line.strip_prefix("location: "));
        link.unwrap_or_else(|| panic!("{path} leads nowhere: {head}\n{body}")).to_owned()
    }

    /// Asks the control port (`local-cloud/README.md`), such as `("POST", "/keys", "")`.
    #[track_caller]
    pub(crate) fn control(&self, method: &str, path: &str, body: &str) -> Value {
        let (head, answer) = ask(&self.said["Control"], method, path, "application/json", body);
        let success = head.split_whitespace().nth(1).is_some_and(|status| status.starts_with('2'));
        assert!(success, "{method} {path}: {head}\n{answer}");
        serde_json::from_str(&answer).unwrap()
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Asks over HTTP: the head of the answer, and its body.
fn ask(origin: &str, method: &str, path: &str, kind: &str, body: &str) -> (String, String) {
    let host = origin.trim_start_matches("http://");
    let mut connection = TcpStream::connect(host).unwrap();
    let length = body.len();
    // HTTP/1.0 has the answer end with the connection, in one piece.
    let head = format!("{method} {path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: {kind}");
    write!(connection, "{head}\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}
