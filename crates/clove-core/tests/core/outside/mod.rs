//! What needs more than a Rust toolchain: the local cloud, which runs on Node, and a desktop's keyring.
//!
//! `cargo xtask test --fast` leaves these tests out by the name of this module.

mod account_over_http;
mod cloud;
#[cfg(target_os = "linux")]
mod desktop;
mod doctor;
#[cfg(target_os = "linux")]
mod keyring;
mod keyring_moods;
mod network;
#[cfg(target_os = "linux")]
mod offline_cost;
mod profile;
mod scene;
#[cfg(unix)]
mod secrets;
mod session_lost;
mod sign_in;
mod sign_in_links;
mod sign_in_trouble;
mod sign_out;
mod sync;
#[cfg(unix)]
mod sync_kills;
mod sync_pages;
mod twin;
