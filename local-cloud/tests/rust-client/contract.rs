//! What Clove's core relies on in the official client, against the local cloud.
#![cfg(test)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use convex::{ConvexClient, FunctionResult, Value};
use futures::StreamExt;

/// A cloud with the fixture's functions; it ends when its standard input closes.
struct Cloud {
    process: Child,
    address: String,
    token: String,
}

impl Cloud {
    fn start() -> Self {
        let mut process = Command::new("node")
            .args(["--import", "tsx", "cloud.ts"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is on the PATH");
        let output = process.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines.next().expect("it prints its address");
        let token = lines.next().expect("it prints a token");
        Self { process, address, token }
    }

    async fn client(&self) -> ConvexClient {
        ConvexClient::new(&self.address).await.expect("the address is a URL")
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn args(pairs: &[(&str, &str)]) -> BTreeMap<String, Value> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text))).collect()
}

async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work).await.expect("an answer within 20 s")
}

fn texts(result: &FunctionResult) -> Vec<String> {
    let FunctionResult::Value(Value::Array(notes)) = result else {
        panic!("no list: {result:?}");
    };
    let text = |note: &Value| match note {
        Value::Object(fields) => fields.get("text").cloned(),
        _ => None,
    };
    let texts = notes.iter().filter_map(text);
    texts
        .filter_map(|text| if let Value::String(text) = text { Some(text) } else { None })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_by_one_client_reaches_another_that_watches() {
    let cloud = Cloud::start();
    let (mut ada, mut bob) = (cloud.client().await, cloud.client().await);
    let mut notes =
        soon(bob.subscribe("notes:list", args(&[("owner", "ada")]))).await.expect("subscribed");
    assert!(texts(&soon(notes.next()).await.expect("a first answer")).is_empty());
    let added = soon(ada.mutation("notes:add", args(&[("owner", "ada"), ("text", "one")]))).await;
    assert!(matches!(added, Ok(FunctionResult::Value(Value::String(_)))), "{added:?}");
    // The client may tell the same answer more than once.
    while texts(&soon(notes.next()).await.expect("a next answer")) != ["one"] {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_names_the_user() {
    let cloud = Cloud::start();
    let mut client = cloud.client().await;
    let nobody = soon(client.query("notes:whoAmI", BTreeMap::new())).await;
    assert!(matches!(nobody, Ok(FunctionResult::Value(Value::Null))), "{nobody:?}");
    soon(client.set_auth(Some(cloud.token.clone()))).await;
    let ada = soon(client.query("notes:whoAmI", BTreeMap::new())).await;
    let expected = Value::from("ada@example.com");
    assert!(matches!(&ada, Ok(FunctionResult::Value(email)) if *email == expected), "{ada:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_functions_are_answers() {
    let cloud = Cloud::start();
    let mut client = cloud.client().await;
    let refused = soon(client.mutation("notes:add", args(&[("owner", "ada")]))).await;
    assert!(matches!(refused, Ok(FunctionResult::ErrorMessage(_))), "{refused:?}");
    let mut failing = args(&[("owner", "ada")]);
    failing.insert("ranks".to_owned(), Value::Array(vec![Value::Float64(1.0)]));
    failing.insert("fail".to_owned(), Value::Boolean(true));
    let thrown = soon(client.mutation("notes:addManyThenThrow", failing)).await;
    let Ok(FunctionResult::ConvexError(error)) = thrown else { panic!("{thrown:?}") };
    assert!(matches!(error.data, Value::Object(_)), "{error:?}");
    let acted = soon(client.action("notes:addByAction", args(&[("owner", "ada")]))).await;
    assert!(matches!(acted, Ok(FunctionResult::Value(_))), "{acted:?}");
    // What threw wrote nothing.
    let notes = soon(client.query("notes:list", args(&[("owner", "ada")]))).await.expect("a list");
    assert_eq!(texts(&notes), ["by action"]);
}
