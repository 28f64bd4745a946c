//! What the tests of signing in stand on: a real keyring, and the local cloud.

use std::collections::HashMap;

use zbus::{
    blocking::{Proxy, connection::Builder},
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use crate::harness::{Cloud, Keyring, Session};

#[test]
fn a_keyring_keeps_its_entries_and_asks_for_its_password_when_it_is_locked() {
    let session = Session::start();
    let keyring = Keyring::start(&session);
    assert!(keyring.items().is_empty());
    let connection = Builder::address(session.bus()).unwrap().build().unwrap();
    let proxy = |path: &'static str, interface| {
        Proxy::new(&connection, "org.freedesktop.secrets", path, interface).unwrap()
    };
    let service = proxy("/org/freedesktop/secrets", "org.freedesktop.Secret.Service");
    let login = "/org/freedesktop/secrets/collection/login";
    let collection = proxy(login, "org.freedesktop.Secret.Collection");
    let (_, plain): (OwnedValue, OwnedObjectPath) =
        service.call("OpenSession", &("plain", Value::from(""))).unwrap();
    let properties = HashMap::from([
        ("org.freedesktop.Secret.Item.Label", Value::from("a label")),
        ("org.freedesktop.Secret.Item.Attributes", HashMap::from([("service", "clove")]).into()),
    ]);
    let secret = (plain, Vec::<u8>::new(), b"a secret".to_vec(), "text/plain");
    collection.call_method("CreateItem", &(properties, secret, false)).unwrap();
    drop(keyring);

    let keyring = Keyring::start_locked(&session);
    assert!(keyring.is_locked());
    let paths = vec![zbus::zvariant::ObjectPath::from_static_str(login).unwrap()];
    let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
        service.call("Unlock", &paths).unwrap();
    let prompt =
        Proxy::new(&connection, "org.freedesktop.secrets", prompt, "org.freedesktop.Secret.Prompt");
    prompt.unwrap().call_method("Prompt", &"").unwrap();
    keyring.unlock(&session);
    assert!(!keyring.is_locked());
    let items = keyring.items();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0].label, "a label");
    assert_eq!(items[0].attributes["service"], "clove");
    assert_eq!(items[0].secret, b"a secret");
}

#[test]
fn the_local_cloud_serves_a_session() {
    let session = Session::start();
    let cloud = Cloud::start(&session);
    let [(_, key), (_, url)] = cloud.variables();
    assert!(key.starts_with("pk_test_"), "{key}");
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let answer = cloud.control("POST", "/clock", r#"{"skew": 60000}"#);
    assert_eq!(answer["skew"], 60_000);
    assert_eq!(cloud.control("GET", "/users", ""), serde_json::json!([]));
}
