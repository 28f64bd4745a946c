//! Linux: NetworkManager tells of the network, logind of sleep. Each may be missing, or come later.

use futures_util::StreamExt;
use tokio::sync::mpsc::UnboundedSender;
use zbus::{
    Connection, Proxy,
    fdo::DBusProxy,
    names::BusName,
    proxy::{Builder, CacheProperties},
    zvariant::OwnedObjectPath,
};

use crate::world::Change;

/// <https://networkmanager.dev/docs/api/latest/gdbus-org.freedesktop.NetworkManager.html>
const NETWORK: (&str, &str) = ("org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager");
/// <https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html>
const LOGIN: (&str, &str) = ("org.freedesktop.login1", "/org/freedesktop/login1");

/// The states of `NMState` in which there is no connection at all: asleep, disconnected, disconnecting
/// and connecting. One that reaches this link or site alone may be all that somebody needs.
const WITHOUT_NETWORK: std::ops::RangeInclusive<u32> = 10..=40;
/// The kinds of `NMDeviceType` that lead out of the machine: Ethernet, Wi-Fi, Bluetooth and modem.
const WAYS_OUT: [u32; 4] = [1, 2, 5, 8];

/// Tells what happens, for as long as there is a system bus.
pub(crate) async fn watch_world(tell: UnboundedSender<Change>) {
    let bus = Connection::system().await;
    if let Err(error) = async { watch(&bus?, &tell).await }.await {
        tracing::info!(%error, "the system does not tell of the network and of sleep");
    }
    // Whoever is not told must not go on believing that there is none.
    let _ = tell.send(Change::Network(true));
}

async fn watch(bus: &Connection, tell: &UnboundedSender<Change>) -> zbus::Result<()> {
    let daemon = DBusProxy::new(bus).await?;
    let mut owners = daemon.receive_name_owner_changed_with_args(&[(0, NETWORK.0)]).await?;
    let properties = proxy(bus, NETWORK, "org.freedesktop.DBus.Properties").await?;
    let mut properties = properties.receive_signal("PropertiesChanged").await?;
    let login = proxy(bus, LOGIN, "org.freedesktop.login1.Manager").await?;
    let mut sleeps = login.receive_signal("PrepareForSleep").await?;
    let mut known = Network::default();
    loop {
        let network = match daemon.name_has_owner(BusName::try_from(NETWORK.0)?).await? {
            // One that goes while it is asked knows nothing, like none.
            true => Network::ask(bus).await.unwrap_or_default(),
            false => Network::default(),
        };
        if network != known {
            let _ = tell.send(Change::Network(network.online));
            known = network;
        }
        tokio::select! {
            Some(_) = owners.next() => {}
            Some(_) = properties.next() => {}
            Some(signal) = sleeps.next() => {
                let begins: bool = signal.body().deserialize()?;
                if !begins {
                    let _ = tell.send(Change::Woke);
                }
            }
            else => return Ok(()),
        }
    }
}

/// What NetworkManager knows.
#[derive(Debug, PartialEq, Eq)]
struct Network {
    online: bool,
    /// The connection that leads out, if one does: another one means another network.
    primary: String,
}

/// Nobody knows, so there may be one.
impl Default for Network {
    fn default() -> Self {
        Self { online: true, primary: "/".to_owned() }
    }
}

impl Network {
    async fn ask(bus: &Connection) -> zbus::Result<Self> {
        let manager = proxy(bus, NETWORK, "org.freedesktop.NetworkManager").await?;
        let state: u32 = manager.get_property("State").await?;
        let primary: OwnedObjectPath = manager.get_property("PrimaryConnection").await?;
        let without = WITHOUT_NETWORK.contains(&state);
        let online = !without || has_other_way_out(bus, &manager).await?;
        Ok(Self { online, primary: primary.to_string() })
    }
}

/// Whether there is a device that NetworkManager leaves to others, and so knows nothing of: on Debian,
/// one that is named in `/etc/network/interfaces`.
async fn has_other_way_out(bus: &Connection, manager: &Proxy<'_>) -> zbus::Result<bool> {
    let devices: Vec<OwnedObjectPath> = manager.call("GetDevices", &()).await?;
    for path in devices {
        let at = (NETWORK.0, path.as_str());
        let device = proxy(bus, at, "org.freedesktop.NetworkManager.Device").await?;
        let kind: u32 = device.get_property("DeviceType").await?;
        if WAYS_OUT.contains(&kind) && !device.get_property::<bool>("Managed").await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An object of another program's, whose properties are asked for anew each time.
async fn proxy(
    bus: &Connection,
    (name, path): (&str, &str),
    interface: &'static str,
) -> zbus::Result<Proxy<'static>> {
    let builder = Builder::<Proxy<'static>>::new(bus).destination(name.to_owned())?;
    let builder = builder.path(path.to_owned())?.interface(interface)?;
    builder.cache_properties(CacheProperties::No).build().await
}

#[cfg(test)]
#[path = "linux_world_tests.rs"]
mod tests;
