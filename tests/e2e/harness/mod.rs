//! What the tests stand on: a desktop, processes that never stay behind, and hands.

mod accessibility;
mod accessible_tree;
mod browser;
mod cloud;
mod desktop;
mod evidence;
mod keyring;
mod processes;
mod session;
mod signing_in;
mod store;
#[allow(dead_code, reason = "tests of the shell use the rest")]
mod system;
mod tray_host;
mod wait;
mod window;

pub(crate) use self::{
    accessibility::Reader,
    accessible_tree::{Object, Role, State},
    browser::{Addresses, Browser},
    cloud::{Cloud, NOBODY_ANSWERS},
    keyring::Keyring,
    processes::Group,
    session::Session,
    store::{open_store, seed, seed_with},
    system::{CONNECTED, DISCONNECTED, System},
    tray_host::TrayHost,
    wait::{until, until_some},
    window::Window,
};
