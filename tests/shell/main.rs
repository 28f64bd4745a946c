//! The shell's commands over Tauri's mock runtime: what a window asks for, as it asks for it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod account;
mod commands;
mod keep;
mod menu;
mod sync;
mod window;
