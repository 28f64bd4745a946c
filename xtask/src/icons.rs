//! `cargo xtask icons`: every icon file, from the drawings in icons/.

use crate::cmd::{Cmd, Doing, Failure, Result};
use crate::node;
use crate::workspace::{Workspace, root};
use std::fs;
use std::path::Path;

/// What tauri.conf.json names, out of the many files that `tauri icon` makes.
const APP_ICONS: [&str; 6] =
    ["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"];

/// The tray's: drawing, edge in pixels, and file. Panels show 16 to 48 pixels, and scale what they
/// get; a menu bar of macOS shows 22 points, two pixels each where the screen is a dense one.
const TRAY_ICONS: [(&str, &str, &str); 2] =
    [("tray-tile.svg", "48", "tray.png"), ("tray.svg", "44", "tray-template.png")];

pub(crate) fn icons() -> Result<()> {
    node::packages()?;
    let (icons, scratch) = (root().join("icons"), Workspace::read()?.target()?.join("clove-icons"));
    if scratch.exists() {
        fs::remove_dir_all(&scratch).doing(format_args!("empty {}", scratch.display()))?;
    }
    fs::create_dir_all(&scratch).doing(format_args!("make {}", scratch.display()))?;

    render(&icons.join("clove.svg"), &scratch, &[])?;
    for name in APP_ICONS {
        copy(&scratch.join(name), &icons.join(name))?;
    }
    for (drawing, size, name) in TRAY_ICONS {
        render(&icons.join(drawing), &scratch, &["--png", size])?;
        copy(&scratch.join(format!("{size}x{size}.png")), &icons.join(name))?;
    }
    Ok(())
}

/// Tauri's own renderer: no system package is needed for it. Where a drawing says currentColor, it
/// draws black.
fn render(drawing: &Path, into: &Path, sizes: &[&str]) -> Result<()> {
    let (drawing, into) = (text(drawing)?, text(into)?);
    let cli = text(&root().join("node_modules/@tauri-apps/cli/tauri.js"))?;
    Cmd::new("node", &[&[&cli, "icon", &drawing, "--output", &into], sizes].concat()).run()
}

fn text(path: &Path) -> Result<String> {
    let unreadable = || Failure(format!("{} is not a path in UTF-8.", path.display()));
    path.to_str().map(str::to_owned).ok_or_else(unreadable)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).doing(format_args!("write {}", to.display()))?;
    Ok(())
}
