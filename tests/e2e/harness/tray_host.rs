//! A desktop's tray, as programs meet it on D-Bus
//! (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use zbus::{
    blocking::{Connection, Proxy, connection::Builder},
    message::Header,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use super::{session::Session, wait::until_some};

/// Shows tray icons for as long as it lives.
pub(crate) struct TrayHost {
    connection: Connection,
    items: Items,
}

/// A line of a tray menu.
#[derive(Debug)]
pub(crate) struct MenuLine {
    id: i32,
    pub(crate) label: String,
    pub(crate) enabled: bool,
}

/// The bus names and object paths of the icons.
type Items = Arc<Mutex<Vec<(String, String)>>>;
/// An entry of com.canonical.dbusmenu: its id, properties and children.
type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

impl TrayHost {
    pub(crate) fn start(session: &Session) -> Self {
        let items = Items::default();
        let connection = Builder::address(session.bus())
            .unwrap()
            .serve_at("/StatusNotifierWatcher", Watcher(items.clone()))
            .unwrap()
            .name("org.kde.StatusNotifierWatcher")
            .unwrap()
            .build()
            .unwrap();
        Self { connection, items }
    }

    /// Clicks the icon.
    pub(crate) fn click_icon(&self) {
        self.item().call_method("Activate", &(0, 0)).unwrap();
    }

    /// The lines of the menu, separators apart.
    pub(crate) fn menu(&self) -> Vec<MenuLine> {
        let all: &[&str] = &[];
        let (_revision, (_, _, children)): (u32, Entry) =
            self.menu_proxy().call("GetLayout", &(0, -1, all)).unwrap();
        children.into_iter().filter_map(line).collect()
    }

    pub(crate) fn labels(&self) -> Vec<String> {
        self.menu().into_iter().map(|line| line.label).collect()
    }

    /// Chooses the line of the menu with this label.
    pub(crate) fn choose(&self, label: &str) {
        let line = self.menu().into_iter().find(|line| line.label == label).unwrap();
        let event = (line.id, "clicked", Value::from(0), 0_u32);
        self.menu_proxy().call_method("Event", &event).unwrap();
    }

    fn item(&self) -> Proxy<'static> {
        let (name, path) =
            until_some("the icon is in the tray", || self.items.lock().unwrap().last().cloned());
        Proxy::new(&self.connection, name, path, ITEM).unwrap()
    }

    fn menu_proxy(&self) -> Proxy<'static> {
        let item = self.item();
        let path: OwnedObjectPath = item.get_property("Menu").unwrap();
        let path: ObjectPath<'static> = path.into_inner();
        Proxy::new(&self.connection, item.destination().to_owned(), path, MENU).unwrap()
    }
}

struct Watcher(Items);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    /// `service` is a bus name, or the path of an object of the caller.
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let item = if service.starts_with('/') {
            let caller = header.sender().expect("a bus names each caller");
            (caller.to_string(), service.to_owned())
        } else {
            (service.to_owned(), "/StatusNotifierItem".to_owned())
        };
        self.0.lock().unwrap().push(item);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let items = self.0.lock().unwrap();
        items.iter().map(|(name, path)| format!("{name}{path}")).collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

fn line(entry: OwnedValue) -> Option<MenuLine> {
    let (id, properties, _) = Entry::try_from(entry).unwrap();
    let label = properties.get("label").and_then(|label| <&str>::try_from(label).ok())?;
    let enabled = properties.get("enabled").and_then(|on| bool::try_from(on).ok());
    // An underscore marks the access key.
    Some(MenuLine { id, label: label.replace('_', ""), enabled: enabled.unwrap_or(true) })
}
