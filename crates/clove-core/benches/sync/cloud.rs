//! A local cloud of the benchmark's own, and a browser.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use clove_core::{
    Secret,
    account::connection::{self, Connection},
    http::{Body, Http, Request, Response, SystemHttp},
};
use tempfile::TempDir;
use url::Url;

use crate::Result;

/// A Node program that ends with this value, and what it says.
pub(crate) struct Node {
    pub(crate) process: Child,
    pub(crate) output: BufReader<ChildStdout>,
}

impl Node {
    pub(crate) fn start(arguments: &[&str]) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut node = Command::new("node");
        node.current_dir(root).args(["--import", "tsx"]).args(arguments);
        let mut process = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("there is no pipe")?;
        Ok(Self { process, output: BufReader::new(output) })
    }

    /// The next line that it writes.
    pub(crate) fn hear(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err("a Node program ended too soon (npm ci installs what it needs)".into());
        }
        Ok(line.trim().to_owned())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The local cloud, which ends with the benchmark.
pub(crate) struct Cloud {
    _node: Node,
    pub(crate) connection: Connection,
    pub(crate) clerk: String,
    pub(crate) convex: String,
    _folder: TempDir,
}

impl Cloud {
    pub(crate) fn start() -> Result<Self> {
        let folder = folder()?;
        let data = folder.path().to_string_lossy();
        let program = ["local-cloud/main.ts", "--free-ports", "--while-stdin-is-open"];
        let mut node = Node::start(&[&program, ["--data", &data].as_slice()].concat())?;
        let mut said = Vec::new();
        // The last line that it prints.
        while !said.last().is_some_and(|line: &String| line.starts_with("CONVEX_URL=")) {
            said.push(node.hear()?);
        }
        let find = |before: &str| {
            let rest = said.iter().find_map(|line| line.strip_prefix(before));
            rest.map(|rest| rest.trim().to_owned()).ok_or("the local cloud says too little")
        };
        let (clerk, convex) = (find("Clerk ")?, find("CONVEX_URL=")?);
        let check = connection::check(&find("CLERK_PUBLISHABLE_KEY=")?, &convex);
        let connection = check.connection().ok_or("the addresses are wrong")?;
        Ok(Self { _node: node, connection, clerk, convex, _folder: folder })
    }
}

/// A folder on the disk that the build is on; a temporary folder may be in memory.
pub(crate) fn folder() -> Result<TempDir> {
    Ok(TempDir::new_in(PathBuf::from(env!("CARGO_TARGET_TMPDIR")))?)
}

/// Signs in on a hosted page, and gives the link that the browser is sent to.
pub(crate) async fn browse(page: Url, email: &str) -> Result<String> {
    let html = String::from_utf8(send(page.clone(), Body::Get).await?.body)?;
    let form = html.split_once(r#"<form method="post" action=""#).and_then(|(_, form)| {
        let (action, _) = form.split_once('"')?;
        Some(action.replace("&#38;", "&"))
    });
    let target = page.join(&form.ok_or("there is no form")?)?;
    let answer = send(target, Body::Form(vec![("email", Secret::new(email))])).await?;
    Ok(answer.headers.get("location").ok_or("there is no link")?.clone())
}

async fn send(url: Url, body: Body) -> Result<Response> {
    Ok(SystemHttp::default().send(Request { url, authorization: None, body }).await?)
}
