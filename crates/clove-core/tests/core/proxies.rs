//! The system's proxies, as a process finds them in its environment.

use std::{
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    thread,
};

use clove_core::http::{Body, Http, HttpError, Request, SystemHttp};

use crate::{
    hostile_servers::serve,
    process::{child, folder},
};

#[test]
fn proxies_are_the_systems_and_what_is_for_this_machine_passes_none() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = proxy.local_addr().expect("the port");
    let asked = thread::spawn(move || {
        let (mut stream, _) = proxy.accept().expect("a client comes");
        let mut bytes = [0; 4096];
        let length = stream.read(&mut bytes).expect("a request");
        stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").expect("the client listens");
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    });
    let variables = ["http_proxy", "https_proxy"].map(|name| format!("{name}=http://{address}"));
    let before = format!("unset no_proxy NO_PROXY; export {};", variables.join(" "));
    let test = "proxies::child_asks_this_machine_and_another";
    let mut child = child(test, Path::new("."), &before);
    let child = child.output().expect("the child runs");
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    let asked = asked.join().expect("the proxy ends");
    assert!(asked.starts_with("CONNECT clerk.invalid:443 "), "nothing else came first: {asked}");
}

#[test]
#[ignore = "another test runs it in a process of its own"]
fn child_asks_this_machine_and_another() {
    let Some(_) = folder() else { return };
    let http = SystemHttp::default();
    let get = |origin: &str| {
        let url = format!("{origin}/").parse().expect("a URL");
        http.send(Request { url, authorization: None, body: Body::Get })
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let here = serve("200 OK", "Connection: close\r\n", b"{}".to_vec());
        assert_eq!(get(&here).await.map(|response| response.status), Ok(200));
        let elsewhere = get("https://clerk.invalid").await.map(|response| response.status);
        assert_eq!(elsewhere, Err(HttpError::Offline), "the proxy refuses");
    });
}
