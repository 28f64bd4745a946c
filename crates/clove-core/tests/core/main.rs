//! The core through its facade, over real files.

#![allow(clippy::expect_used, reason = "a test whose scene cannot be set has failed")]

mod architecture;
#[cfg(unix)]
mod bad_files;
mod damage;
#[cfg(unix)]
mod disk_full;
mod files;
mod group_commit;
mod hostile_servers;
#[cfg(unix)]
mod kills;
mod model;
#[cfg(unix)]
mod modes;
mod outside;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod proxies;
mod reopen;
mod support;
mod verbs;
