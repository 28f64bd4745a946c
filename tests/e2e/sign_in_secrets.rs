//! The secrets of a sign-in are in the keyring and nowhere else.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::harness::{Addresses, Cloud, Keyring, Session, Window};

/// Has the page keep all that the shell answers and tells it. Commands go through `fetch`.
const LISTEN: &str = "const heard = (window.heard = []);
    const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
    const original = window.fetch;
    window.fetch = async (...asked) => {
        const answer = await original(...asked);
        heard.push(`${asked[0]} ${await answer.clone().text()}`);
        return answer;
    };
    for (const event of ['account-changed', 'app-info-changed', 'notice', 'todos-changed'])
        invoke('plugin:event|listen', { event, target: { kind: 'Any' },
            handler: transformCallback((told) => heard.push(JSON.stringify(told))) });";

/// All that the page has heard, shows and keeps.
const HEARD: &str = "return [...window.heard, document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input, textarea')].map((field) => field.value),
    JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join('\\n')";

#[test]
fn nothing_but_the_keyring_holds_a_secret() {
    let session = Session::start();
    session.log_everything();
    let keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    window.run(LISTEN, &[]);

    window.ask_to_sign_in(&session);
    let page = pages.until_opened(1);
    let mut secrets = strings(&keyring.kept("attempt "), &["state", "verifier"]);
    secrets.extend(strings(&keyring.kept("session "), &["clientToken"]));
    assert_eq!(secrets.len(), 3, "the state, the verifier and the first client token");
    let link = cloud.sign_in_at(&page, "ada@example.com");
    let nonce = link.split(['?', '&']).find_map(|part| part.strip_prefix("rotating_token_nonce="));
    secrets.push(nonce.expect("the link has a nonce").to_owned());
    assert!(session.open(&link).until_ended().success());
    window.until_signed_in("ada");
    keyring.until_session_kept();
    window.add("a todo of ada's");
    for command in ["profile_picture", "doctor", "diagnostics", "unsynced_count", "manage_account"]
    {
        // Where there is nothing to answer, the refusal is heard.
        let _ = window.invoke(command, json!({}));
    }
    assert!(window.invoke("rename_profile", json!({ "name": "Ada" })).is_ok());
    window.until_signed_in("Ada");
    secrets.extend(strings(&keyring.kept("session "), &["clientToken"]));
    assert_ne!(secrets[2], secrets[4], "the client token was rotated");
    // How every token that Clerk signs begins: a header that says {"alg":"RS256" in base64url.
    secrets.push("eyJhbGciOi".to_owned());

    let heard = window.run(HEARD, &[]).as_str().unwrap().to_owned();
    assert!(heard.contains("ada@example.com"), "what is heard is listened to");
    assert!(heard.contains("[ok]"), "the diagnostics are heard");
    assert!(heard.contains(r#""logLevel":"trace""#), "as much is logged as can be");
    assert_eq!(secret_in(heard.as_bytes(), &secrets), None, "{heard}");
    window.invoke("sign_out", json!({ "choice": "export" })).unwrap();
    window.until_signed_out();
    window.kill();

    let log = session.log();
    assert!(log.contains("signed in"), "the log is there");
    assert_eq!(secret_in(log.as_bytes(), &secrets), None, "{log}");
    let mut seen = 0;
    for_each_file(&session.path(""), &mut |path, content| {
        // What is the cloud's and the keyring's own.
        if path.starts_with(session.path("cloud"))
            || path.starts_with(session.path("data/keyrings"))
        {
            return;
        }
        seen += 1;
        assert_eq!(secret_in(content, &secrets), None, "in {}", path.display());
    });
    assert!(seen > 5, "files were looked into: {seen}");
}

/// The values of these fields, as texts.
fn strings(entries: &[Value], fields: &[&str]) -> Vec<String> {
    let values = entries.iter().flat_map(|entry| fields.iter().map(move |field| &entry[*field]));
    values.map(|value| value.as_str().expect("a secret").to_owned()).collect()
}

/// The first of the secrets that is in `content`.
fn secret_in<'a>(content: &[u8], secrets: &'a [String]) -> Option<&'a str> {
    let holds = |secret: &&String| content.windows(secret.len()).any(|at| at == secret.as_bytes());
    secrets.iter().find(holds).map(String::as_str)
}

fn for_each_file(folder: &Path, look: &mut impl FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() {
            for_each_file(&path, look);
        } else if kind.is_file() {
            look(&path, &fs::read(&path).unwrap_or_default());
        }
    }
}
