//! The desktop shell of Clove: windows, tray, hotkey, links and the command line.
//!
//! It decides nothing about todos. Every verb is one call of [`clove_core::Clove`].

mod app;
mod cli;
mod closing;
mod commands;
mod connection;
mod doctor;
mod drafts;
mod error;
mod files;
mod handover;
mod hotkey;
mod keep;
mod language;
mod link;
mod logging;
mod menu;
mod paths;
mod platform;
mod quick_add;
mod settings;
mod sign_in;
mod state;
mod sync;
mod tray;
mod windows;
mod world;

pub use self::{app::with_commands, cli::main, menu::choose, state::AppState};
