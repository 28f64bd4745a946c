use clove_core::{Clove, Environment, account::Outside, view::Filter};

use super::{Reply, Request, answer, send, serve};
use crate::error::ErrorCode;

fn serve_core(folder: &std::path::Path) {
    let core = Clove::open(folder, Environment::system(), Outside::system(), None).unwrap();
    let no_app = None::<&tauri::AppHandle>;
    let answer = move |request| tauri::async_runtime::block_on(answer(&core, no_app, request));
    serve(folder, answer).unwrap();
}

#[test]
fn a_request_reaches_whoever_holds_the_store() {
    let folder = tempfile::tempdir().unwrap();
    serve_core(folder.path());
    let add = Request::Add { title: "from a terminal".to_owned() };
    assert!(matches!(send(folder.path(), &add).unwrap(), Reply::Added(rows) if rows.len() == 1));
    let list = Request::List { filter: Filter::Active, offset: 0, limit: 10 };
    let Reply::Listed(window) = send(folder.path(), &list).unwrap() else { panic!("no list") };
    assert_eq!(window.rows[0].title, "from a terminal");
}

#[test]
fn a_file_is_taken_in_and_given_out_by_whoever_holds_the_store() {
    let folder = tempfile::tempdir().unwrap();
    serve_core(folder.path());
    let path = folder.path().join("todo.txt");
    std::fs::write(&path, "Buy milk\nx Call Ada\n").unwrap();
    let Reply::Imported(imported) = send(folder.path(), &Request::Import { path }).unwrap() else {
        panic!("nothing was taken in")
    };
    assert_eq!((imported.added, imported.name.as_str()), (2, "todo.txt"));
    let Reply::Exported(text) = send(folder.path(), &Request::Export).unwrap() else {
        panic!("nothing was given out")
    };
    assert!(text.contains("Buy milk") && text.contains("Call Ada"), "{text}");
    let missing = Request::Import { path: folder.path().join("missing") };
    let Reply::Failed(error) = send(folder.path(), &missing).unwrap() else {
        panic!("it is there")
    };
    assert!(error.message.contains("could not be read"), "{}", error.message);
}

#[test]
fn a_refusal_comes_back_in_words() {
    let folder = tempfile::tempdir().unwrap();
    serve_core(folder.path());
    let reply = send(folder.path(), &Request::Add { title: "  ".to_owned() }).unwrap();
    let Reply::Failed(error) = reply else { panic!("an empty title was taken") };
    assert_eq!(error.code, ErrorCode::Invalid);
    assert!(error.message.contains("title"), "{}", error.message);
}

#[cfg(unix)]
#[test]
fn nonsense_gets_an_answer_and_the_next_request_is_served() {
    use std::{
        io::{Read, Write},
        os::unix::net::UnixStream,
    };
    let folder = tempfile::tempdir().unwrap();
    serve_core(folder.path());
    for nonsense in ["\n", "{\"remove\":1}\n", "\u{0}\n"] {
        let mut stream = UnixStream::connect(folder.path().join("clove.sock")).unwrap();
        stream.write_all(nonsense.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(reply.contains("did not understand"), "{nonsense:?} got {reply:?}");
    }
    let list = Request::List { filter: Filter::All, offset: 0, limit: 1 };
    assert!(send(folder.path(), &list).is_ok());
}

#[test]
fn where_nobody_listens_the_caller_is_told() {
    let folder = tempfile::tempdir().unwrap();
    assert!(send(folder.path(), &Request::Add { title: "x".to_owned() }).is_err());
}

#[test]
fn a_socket_left_by_a_killed_process_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("clove.sock"), "").unwrap();
    serve_core(folder.path());
    let list = Request::List { filter: Filter::All, offset: 0, limit: 1 };
    assert!(send(folder.path(), &list).is_ok());
}

#[cfg(unix)]
#[test]
fn a_silent_connection_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    serve_core(folder.path());
    let socket = folder.path().join("clove.sock");
    let _silent: Vec<_> =
        (0..8).map(|_| std::os::unix::net::UnixStream::connect(&socket).unwrap()).collect();
    let list = Request::List { filter: Filter::All, offset: 0, limit: 1 };
    assert!(send(folder.path(), &list).is_ok());
}
