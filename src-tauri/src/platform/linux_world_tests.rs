use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tokio::{
    runtime::Runtime,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};
use zbus::connection;

use super::*;

#[path = "../../../tests/e2e/harness/system.rs"]
mod system;

use system::{CONNECTED, DISCONNECTED, System};

/// Longer than anything here takes, so that what never comes fails the test.
const LONG: Duration = Duration::from_secs(30);

/// A message bus of the test's own, which ends with it.
struct Bus {
    daemon: Child,
    address: String,
    runtime: Runtime,
    _folder: tempfile::TempDir,
}

impl Bus {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = folder.path().join("bus.conf");
        let text = format!(
            r#"<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/>
            <allow own="*"/></policy></busconfig>"#,
            folder.path().join("bus").display()
        );
        fs::write(&configuration, text).unwrap();
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]);
        let mut daemon = daemon.arg(configuration).stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let runtime = Runtime::new().unwrap();
        Self { daemon, address: address.trim().to_owned(), runtime, _folder: folder }
    }

    fn connect(&self) -> Connection {
        let builder = connection::Builder::address(&*self.address).unwrap();
        self.runtime.block_on(builder.build()).unwrap()
    }

    fn watch(&self) -> UnboundedReceiver<Change> {
        let (tell, told) = unbounded_channel();
        let bus = self.connect();
        self.runtime.spawn(async move { watch(&bus, &tell).await });
        told
    }

    /// What is told next; `None` at the end.
    fn next(&self, told: &mut UnboundedReceiver<Change>) -> Option<Change> {
        let next = self.runtime.block_on(async { tokio::time::timeout(LONG, told.recv()).await });
        next.unwrap_or_else(|_| panic!("nothing was told"))
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

#[test]
fn it_tells_when_the_network_comes_goes_or_changes() {
    let bus = Bus::start();
    let system = System::start(&bus.address, DISCONNECTED);
    let mut told = bus.watch();
    assert_eq!(bus.next(&mut told), Some(Change::Network(false)), "there was none at the start");
    system.set_state(CONNECTED);
    assert_eq!(bus.next(&mut told), Some(Change::Network(true)));
    system.set_primary("/org/freedesktop/NetworkManager/ActiveConnection/2");
    assert_eq!(bus.next(&mut told), Some(Change::Network(true)), "it is another network");
    // The internet can't be reached, but perhaps what somebody needs can.
    system.set_state(60);
    system.set_state(DISCONNECTED);
    assert_eq!(bus.next(&mut told), Some(Change::Network(false)));
}

#[test]
fn without_a_network_manager_there_may_be_a_network() {
    let mut bus = Bus::start();
    let system = System::start(&bus.address, DISCONNECTED);
    let mut told = bus.watch();
    assert_eq!(bus.next(&mut told), Some(Change::Network(false)));
    system.end_network_manager();
    assert_eq!(bus.next(&mut told), Some(Change::Network(true)), "nobody knows any more");
    system.start_network_manager();
    assert_eq!(bus.next(&mut told), Some(Change::Network(false)), "somebody knows again");
    bus.daemon.kill().unwrap();
    assert_eq!(bus.next(&mut told), None, "the bus is gone, and with it whoever knew");
}

#[test]
fn it_tells_that_the_machine_woke_and_not_that_it_falls_asleep() {
    let bus = Bus::start();
    let system = System::start(&bus.address, DISCONNECTED);
    let mut told = bus.watch();
    assert_eq!(bus.next(&mut told), Some(Change::Network(false)), "from here on it listens");
    system.prepare_for_sleep(true);
    system.prepare_for_sleep(false);
    assert_eq!(bus.next(&mut told), Some(Change::Woke));
    system.set_state(CONNECTED);
    assert_eq!(bus.next(&mut told), Some(Change::Network(true)), "nothing came between");
}

#[test]
fn only_a_manager_of_every_device_knows_that_there_is_no_network() {
    let bus = Bus::start();
    let system = System::start(&bus.address, DISCONNECTED);
    let (connection, ask) = (bus.connect(), |connection: &Connection| {
        bus.runtime.block_on(Network::ask(connection)).unwrap().online
    });
    // Unknown, asleep, disconnected, disconnecting, connecting; this link, this site, everywhere.
    for (state, online) in [
        (0, true),
        (10, false),
        (20, false),
        (30, false),
        (40, false),
        (50, true),
        (60, true),
        (70, true),
    ] {
        system.set_state(state);
        assert_eq!(ask(&connection), online, "state {state}");
    }
    system.set_state(DISCONNECTED);
    system.set_managed(false);
    assert!(ask(&connection), "a device that others manage may be connected");
}
