//! `cargo xtask icons`: every icon file, from the two drawings in icons/.

use crate::cmd::{Cmd, Doing, Failure, Result, fail};
use crate::node;
use crate::workspace::{Workspace, root};
use std::fs;
use std::path::Path;

/// What tauri.conf.json names, out of the many files that `tauri icon` makes.
const APP_ICONS: [&str; 6] =
    ["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"];

/// The tray's variants. Dark strokes are for a light panel; macOS recolours a template itself.
const TRAY_ICONS: [(&str, &str); 3] =
    [("tray-dark", "#1f2421"), ("tray-light", "#ffffff"), ("tray-template", "#000000")];

/// A tray icon's edge in pixels: at once, and at twice the density.
const TRAY_SIZES: [(&str, &str); 2] = [("22", ""), ("44", "@2x")];

pub(crate) fn icons() -> Result<()> {
    node::packages()?;
    let scratch = Workspace::read()?.target()?.join("clove-icons");
    make(&root().join("icons"), &scratch)
}

/// Makes the icons in `folder` from the drawings in it.
fn make(folder: &Path, scratch: &Path) -> Result<()> {
    let (app, tray) = (folder.join("clove.svg"), folder.join("tray.svg"));
    for drawing in [&app, &tray] {
        if !drawing.is_file() {
            return fail(format!("There is no drawing {}.", drawing.display()));
        }
    }
    if scratch.exists() {
        fs::remove_dir_all(scratch).doing(format_args!("empty {}", scratch.display()))?;
    }
    fs::create_dir_all(scratch).doing(format_args!("make {}", scratch.display()))?;

    render(&app, scratch, &[])?;
    for name in APP_ICONS {
        copy(&scratch.join(name), &folder.join(name))?;
    }
    let drawing = fs::read_to_string(&tray).doing(format_args!("read {}", tray.display()))?;
    for (name, colour) in TRAY_ICONS {
        let coloured = scratch.join(format!("{name}.svg"));
        let Some(content) = recoloured(&drawing, colour) else {
            return fail(format!("{} has no currentColor and no black in it.", tray.display()));
        };
        fs::write(&coloured, content).doing(format_args!("write {}", coloured.display()))?;
        let sizes = TRAY_SIZES.map(|(size, _)| ["--png", size]).concat();
        render(&coloured, scratch, &sizes)?;
        for (size, suffix) in TRAY_SIZES {
            let made = scratch.join(format!("{size}x{size}.png"));
            copy(&made, &folder.join(format!("{name}{suffix}.png")))?;
        }
    }
    Ok(())
}

/// Tauri's own renderer: no system package is needed for it.
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

/// The drawing in one colour; nothing if there is nothing to recolour.
fn recoloured(svg: &str, colour: &str) -> Option<String> {
    let mut coloured = svg.replace("currentColor", colour);
    for black in ["\"#000000\"", "\"#000\"", "\"black\""] {
        coloured = coloured.replace(black, &format!("\"{colour}\""));
    }
    // Already black for the template: that it stays as it is, is right.
    let had_something = svg.contains("currentColor")
        || ["\"#000000\"", "\"#000\"", "\"black\""].iter().any(|black| svg.contains(black));
    had_something.then_some(coloured)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_say_black_is_recoloured() {
        let svg = r##"<path fill="currentColor"/><path fill="#000"/><path stroke="black"/>"##;
        assert_eq!(
            recoloured(svg, "#ffffff").as_deref(),
            Some(r##"<path fill="#ffffff"/><path fill="#ffffff"/><path stroke="#ffffff"/>"##)
        );
        assert!(recoloured(r##"<path fill="#000000"/>"##, "#000000").is_some());
        assert_eq!(recoloured(r##"<path fill="#123456"/>"##, "#ffffff"), None);
    }
}
