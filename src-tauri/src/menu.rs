//! The menu bar of macOS. Its lines are commands of the window's keyboard map, and the system's own.

use clove_core::words::told;
use tauri::{
    AppHandle, Builder, Manager, Runtime,
    menu::{
        AboutMetadata, HELP_SUBMENU_ID, Menu, MenuBuilder, MenuItem, MenuItemBuilder,
        SubmenuBuilder, WINDOW_SUBMENU_ID,
    },
};

use crate::{closing, quick_add, windows};

/// What the ids of lines begin with that run a command: the tray's lines are heard here, too.
const RUNS: &str = "run:";

/// Gives the app a menu bar where the desktop has one of its own. Elsewhere the window has it all.
pub(crate) fn attach<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    if !cfg!(target_os = "macos") {
        return builder;
    }
    builder.menu(bar).on_menu_event(|app, event| choose(app, event.id().as_ref()))
}

/// Does what a line is for, given its id: the window runs the command, as if its key were pressed.
pub fn choose<R: Runtime>(app: &AppHandle<R>, id: &str) {
    match id.strip_prefix(RUNS) {
        Some("quickAdd") => quick_add::open(app),
        Some("quit") => closing::quit(app),
        // Undo in the small window is about what is typed there.
        Some(command @ ("undo" | "redo")) if quick_add::is_focused(app) => {
            quick_add::run(app, command);
        }
        Some(command) => windows::run_in_main(app, command),
        None => {}
    }
}

/// Writes the menu bar in the language that is spoken.
pub(crate) fn show_words<R: Runtime>(app: &AppHandle<R>) {
    if !cfg!(target_os = "macos") {
        return;
    }
    if let Err(error) = bar(app).and_then(|bar| app.set_menu(bar)) {
        tracing::warn!(%error, "the menu bar stays as it was");
    }
}

/// Cut, copy, paste and select all are the system's: without them their keys do nothing in a web view.
/// Undo and redo are not, because outside text fields they are about todos; nor is
/// quit, which would not let the page save.
fn bar<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let line = |command: &str, words: &str, key: &str| line(app, command, words, key);
    let about = AboutMetadata { name: Some("Clove".to_owned()), ..AboutMetadata::default() };
    let clove = SubmenuBuilder::new(app, "Clove")
        .about_with_text(told("menu-about"), Some(about))
        .separator()
        .item(&line("settings", &told("menu-settings"), "CmdOrCtrl+,")?)
        .separator()
        .services_with_text(told("menu-services"))
        .separator()
        .hide_with_text(told("menu-hide"))
        .hide_others_with_text(told("menu-hide-others"))
        .show_all_with_text(told("menu-show-all"))
        .separator()
        .item(&line("quit", &told("tray-quit"), "CmdOrCtrl+Q")?)
        .build()?;
    let file = SubmenuBuilder::new(app, told("menu-file"))
        .item(&line("add", &told("menu-add"), "CmdOrCtrl+N")?)
        .item(&line("quickAdd", &told("tray-quick-add"), "")?)
        .separator()
        .item(&line("import", &told("menu-import"), "")?)
        .item(&line("export", &told("menu-export"), "")?)
        .separator()
        .close_window_with_text(told("menu-close"))
        .build()?;
    let edit = SubmenuBuilder::new(app, told("menu-edit"))
        .item(&line("undo", &told("menu-undo"), "CmdOrCtrl+Z")?)
        .item(&line("redo", &told("menu-redo"), "CmdOrCtrl+Shift+Z")?)
        .separator()
        .cut_with_text(told("menu-cut"))
        .copy_with_text(told("menu-copy"))
        .paste_with_text(told("menu-paste"))
        .select_all_with_text(told("menu-select-all"))
        .separator()
        .item(&line("search", &told("menu-search"), "CmdOrCtrl+F")?)
        .build()?;
    let view = SubmenuBuilder::new(app, told("menu-view"))
        .item(&line("filterAll", &told("menu-all"), "CmdOrCtrl+1")?)
        .item(&line("filterActive", &told("menu-active"), "CmdOrCtrl+2")?)
        .item(&line("filterCompleted", &told("menu-completed"), "CmdOrCtrl+3")?)
        .item(&line("filterDeleted", &told("menu-deleted"), "CmdOrCtrl+4")?)
        .separator()
        .item(&line("palette", &told("menu-palette"), "CmdOrCtrl+K")?)
        .separator()
        .fullscreen_with_text(told("menu-fullscreen"))
        .build()?;
    let window = SubmenuBuilder::with_id(app, WINDOW_SUBMENU_ID, told("menu-window"))
        .minimize_with_text(told("menu-minimize"))
        .maximize_with_text(told("menu-maximize"))
        .separator()
        .item(&line("sync", &told("menu-sync"), "CmdOrCtrl+Shift+S")?)
        .item(&line("account", &told("menu-account"), "CmdOrCtrl+Shift+A")?)
        .build()?;
    let help = SubmenuBuilder::with_id(app, HELP_SUBMENU_ID, told("menu-help"))
        .item(&line("sheet", &told("menu-sheet"), "")?)
        .item(&line("doctor", &told("menu-doctor"), "")?)
        .build()?;
    MenuBuilder::new(app).items(&[&clove, &file, &edit, &view, &window, &help]).build()
}

/// A line that runs a command. The key is as the keyboard map of the window has it.
fn line<R: Runtime>(
    app: &impl Manager<R>,
    command: &str,
    words: &str,
    key: &str,
) -> tauri::Result<MenuItem<R>> {
    let line = MenuItemBuilder::with_id(format!("{RUNS}{command}"), words);
    if key.is_empty() { line.build(app) } else { line.accelerator(key).build(app) }
}
