//! The shell's commands over Tauri's mock runtime: what a window asks for, as it asks for it.

mod commands;
mod window;
