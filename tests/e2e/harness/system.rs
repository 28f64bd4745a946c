//! What runs for the whole machine, as programs meet it on the system's bus: NetworkManager
//! (<https://networkmanager.dev/docs/api/latest/spec.html>) and logind
//! (<https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html>).

use zbus::{
    blocking::{Connection, connection::Builder, object_server::InterfaceRef},
    zvariant::{ObjectPath, OwnedObjectPath},
};

const NETWORK: (&str, &str) = ("org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager");
const LOGIN: (&str, &str) = ("org.freedesktop.login1", "/org/freedesktop/login1");
const DEVICE: &str = "/org/freedesktop/NetworkManager/Devices/1";

/// Of `NMState`: there is no connection.
pub(crate) const DISCONNECTED: u32 = 20;
/// Of `NMState`: the internet can be reached.
pub(crate) const CONNECTED: u32 = 70;

/// Both, for as long as it lives, on a machine with one Ethernet device.
pub(crate) struct System {
    connection: Connection,
}

impl System {
    /// Starts both on this bus.
    pub(crate) fn start(bus: &str, state: u32) -> Self {
        let manager = NetworkManager { state, primary: "/".to_owned() };
        let connection = Builder::address(bus).unwrap().serve_at(NETWORK.1, manager).unwrap();
        let connection = connection.serve_at(DEVICE, Device { managed: true }).unwrap();
        let connection = connection.name(NETWORK.0).unwrap().name(LOGIN.0).unwrap();
        Self { connection: connection.build().unwrap() }
    }

    /// The network comes or goes.
    pub(crate) fn set_state(&self, state: u32) {
        let manager = self.manager();
        manager.get_mut().state = state;
        zbus::block_on(manager.get().state_changed(manager.signal_emitter())).unwrap();
    }

    /// Another connection leads to the internet.
    pub(crate) fn set_primary(&self, path: &str) {
        let manager = self.manager();
        manager.get_mut().primary = path.to_owned();
        zbus::block_on(manager.get().primary_connection_changed(manager.signal_emitter())).unwrap();
    }

    /// Leaves the device to others, or takes it back.
    pub(crate) fn set_managed(&self, managed: bool) {
        let device: InterfaceRef<Device> =
            self.connection.object_server().interface(DEVICE).unwrap();
        device.get_mut().managed = managed;
    }

    /// NetworkManager ends.
    pub(crate) fn end_network_manager(&self) {
        self.connection.release_name(NETWORK.0).unwrap();
    }

    /// NetworkManager starts anew.
    pub(crate) fn start_network_manager(&self) {
        self.connection.request_name(NETWORK.0).unwrap();
    }

    /// The machine is about to sleep, or woke.
    pub(crate) fn prepare_for_sleep(&self, begins: bool) {
        let (path, interface) = (LOGIN.1, "org.freedesktop.login1.Manager");
        let signal = "PrepareForSleep";
        self.connection.emit_signal(None::<&str>, path, interface, signal, &begins).unwrap();
    }

    fn manager(&self) -> InterfaceRef<NetworkManager> {
        self.connection.object_server().interface(NETWORK.1).unwrap()
    }
}

struct NetworkManager {
    state: u32,
    primary: String,
}

#[zbus::interface(name = "org.freedesktop.NetworkManager")]
impl NetworkManager {
    fn get_devices(&self) -> Vec<OwnedObjectPath> {
        vec![path(DEVICE)]
    }

    #[zbus(property)]
    fn state(&self) -> u32 {
        self.state
    }

    #[zbus(property)]
    fn primary_connection(&self) -> OwnedObjectPath {
        path(&self.primary)
    }
}

struct Device {
    managed: bool,
}

#[zbus::interface(name = "org.freedesktop.NetworkManager.Device")]
impl Device {
    /// Ethernet.
    #[zbus(property)]
    fn device_type(&self) -> u32 {
        1
    }

    #[zbus(property)]
    fn managed(&self) -> bool {
        self.managed
    }
}

fn path(text: &str) -> OwnedObjectPath {
    ObjectPath::try_from(text).unwrap().into()
}
