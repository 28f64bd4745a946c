//! The menu bar of macOS. Its lines are commands of the window's keyboard map, and the system's own.

use clove_core::words::told;
use tauri::{
    AppHandle, Builder, Manager, Runtime,
    menu::{
        AboutMetadata, HELP_SUBMENU_ID, Menu, MenuBuilder, MenuItem, MenuItemBuilder,
        SubmenuBuilder, WINDOW_SUBMENU_ID,
    },
};

use crate::{quick_add, windows};

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
        // Undo in the small window is about what is typed there.
        Some(command @ ("undo" | "redo")) if quick_add::is_focused(app) => {
            quick_add::run(app, command);
        }
        Some(command) => windows::run_in_main(app, command),
        None => {}
    }
}

/// Cut, copy, paste and select all are the system's: without them their keys do nothing in a web view.
/// Undo and redo are not, because outside text fields they are about todos.
fn bar<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let line = |command: &str, id: &str, key: &str| line(app, command, &told(id), key);
    let about = AboutMetadata { name: Some("Clove".to_owned()), ..AboutMetadata::default() };
    let clove = SubmenuBuilder::new(app, "Clove")
        .about(Some(about))
        .separator()
        .item(&line("settings", "menu-settings", "CmdOrCtrl+,")?)
        .separator()
        .services()
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .quit()
        .build()?;
    let file = SubmenuBuilder::new(app, told("menu-file"))
        .item(&line("add", "menu-add", "CmdOrCtrl+N")?)
        .item(&line("quickAdd", "tray-quick-add", "")?)
        .separator()
        .item(&line("import", "menu-import", "")?)
        .item(&line("export", "menu-export", "")?)
        .separator()
        .close_window()
        .build()?;
    let edit = SubmenuBuilder::new(app, told("menu-edit"))
        .item(&line("undo", "menu-undo", "CmdOrCtrl+Z")?)
        .item(&line("redo", "menu-redo", "CmdOrCtrl+Shift+Z")?)
        .separator()
        .cut()
        .copy()
        .paste()
        .select_all()
        .separator()
        .item(&line("search", "menu-search", "CmdOrCtrl+F")?)
        .build()?;
    let view = SubmenuBuilder::new(app, told("menu-view"))
        .item(&line("filterAll", "menu-all", "CmdOrCtrl+1")?)
        .item(&line("filterActive", "menu-active", "CmdOrCtrl+2")?)
        .item(&line("filterCompleted", "menu-completed", "CmdOrCtrl+3")?)
        .item(&line("filterDeleted", "menu-deleted", "CmdOrCtrl+4")?)
        .separator()
        .item(&line("palette", "menu-palette", "CmdOrCtrl+K")?)
        .separator()
        .fullscreen()
        .build()?;
    let window = SubmenuBuilder::with_id(app, WINDOW_SUBMENU_ID, told("menu-window"))
        .minimize()
        .maximize()
        .separator()
        .item(&line("sync", "menu-sync", "CmdOrCtrl+Shift+S")?)
        .item(&line("account", "menu-account", "CmdOrCtrl+Shift+A")?)
        .build()?;
    let help = SubmenuBuilder::with_id(app, HELP_SUBMENU_ID, told("menu-help"))
        .item(&line("sheet", "menu-sheet", "")?)
        .item(&line("doctor", "menu-doctor", "")?)
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
