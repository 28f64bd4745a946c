//! macOS and Windows: the addresses of the machine tell of the network. Of a sleep, the core finds out by
//! itself (`ARCHITECTURE.md`, Platforms).

use std::{collections::BTreeSet, net::IpAddr};

use futures_util::StreamExt;
use if_watch::{IpNet, tokio::IfWatcher};
use tokio::sync::mpsc::UnboundedSender;

use crate::world::Change;

/// Tells what happens, for as long as the system tells of its addresses.
pub(crate) async fn watch_world(tell: UnboundedSender<Change>) {
    if let Err(error) = watch(&tell).await {
        tracing::info!(%error, "the system does not tell of the network");
    }
    // Whoever is not told must not go on believing that there is none.
    let _ = tell.send(Change::Network(true));
}

async fn watch(tell: &UnboundedSender<Change>) -> std::io::Result<()> {
    let mut watcher = IfWatcher::new()?;
    let mut known = None;
    while let Some(change) = watcher.next().await {
        change?;
        let ways: BTreeSet<IpAddr> = watcher.iter().map(IpNet::addr).filter(leads_out).collect();
        let before = known.replace(ways.clone());
        // That there is a network at the start is no news.
        if before.map_or(ways.is_empty(), |before| before != ways) {
            let _ = tell.send(Change::Network(!ways.is_empty()));
        }
    }
    Ok(())
}

/// Whether an address reaches beyond this machine and its link: each network device has one of its own
/// link (RFC 3927, RFC 4291), connected or not.
fn leads_out(address: &IpAddr) -> bool {
    !address.is_loopback()
        && match address {
            IpAddr::V4(address) => !address.is_link_local(),
            IpAddr::V6(address) => !address.is_unicast_link_local(),
        }
}

#[cfg(test)]
mod tests {
    use super::leads_out;

    #[test]
    fn an_address_of_the_link_or_the_machine_leads_nowhere() {
        let leads = |address: &str| leads_out(&address.parse().unwrap());
        assert!(leads("192.168.1.7") && leads("2001:db8::7") && leads("fd00::7"));
        for address in ["127.0.0.1", "::1", "169.254.9.9", "fe80::1"] {
            assert!(!leads(address), "{address} is there without a network");
        }
    }
}
