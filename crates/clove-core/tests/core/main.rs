//! The core through its facade, over real files.

#![allow(clippy::expect_used, reason = "a test whose scene cannot be set has failed")]

mod account_over_http;
mod architecture;
#[cfg(unix)]
mod bad_files;
mod cloud;
#[cfg(target_os = "linux")]
mod desktop;
#[cfg(unix)]
mod disk_full;
mod group_commit;
mod hostile_servers;
#[cfg(target_os = "linux")]
mod keyring;
#[cfg(unix)]
mod kills;
mod model;
#[cfg(unix)]
mod modes;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod proxies;
mod reopen;
mod support;
mod verbs;
