//! The real program in a real window, used as a person uses it.
//!
//! Each test has a desktop of its own: a home folder, a virtual display with a window manager, and a
//! D-Bus session. It needs the packages that `cargo xtask test` asks for.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test stops at what it did not expect, and says so"
)]

mod harness;

mod accessible;
mod axe;
mod browser_link;
mod closing;
mod focus;
mod hostile;
mod hotkey;
mod keep;
mod keyboard;
mod keys;
mod kills;
mod language;
mod links;
mod logs;
mod main_window;
mod many;
mod narrow;
mod package;
mod palette;
mod preferences;
mod quick_add;
mod quick_add_early;
mod quick_add_ready;
mod refusals;
mod screenshots;
mod second_start;
mod sign_in;
mod sign_in_keyring;
mod sign_in_secrets;
mod sign_in_speed;
mod sign_out;
mod spacing;
mod stand_ins;
mod states;
mod stores;
mod sync;
mod sync_kills;
mod sync_shown;
mod terminal;
mod tray;
mod ui_speed;
mod world;
