//! `cargo xtask icons`: every icon file, from the two drawings in icons/.

use crate::cmd::{Cmd, Doing, Failure, Result, fail};
use crate::node;
use crate::workspace::{Workspace, root};
use std::fs;
use std::path::Path;

/// What tauri.conf.json names, out of the many files that `tauri icon` makes.
const APP_ICONS: [&str; 6] =
    ["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"];

/// The tray's variants: file name, colour, and edge in pixels. Dark strokes are for a light panel;
/// macOS recolours a template itself, and scales it down where the screen is not a dense one.
const TRAY_ICONS: [(&str, &str, &str); 5] = [
    ("tray-dark.png", "#1f2421", "22"),
    ("tray-dark@2x.png", "#1f2421", "44"),
    ("tray-light.png", "#ffffff", "22"),
    ("tray-light@2x.png", "#ffffff", "44"),
    ("tray-template.png", "#000000", "44"),
];

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
    let Some(template) = template(&drawing) else {
        return fail(format!("{} has no currentColor and no black in it.", tray.display()));
    };
    for (name, colour, size) in TRAY_ICONS {
        let coloured = scratch.join(name).with_extension("svg");
        fs::write(&coloured, template.replace("currentColor", colour))
            .doing(format_args!("write {}", coloured.display()))?;
        render(&coloured, scratch, &["--png", size])?;
        copy(&scratch.join(format!("{size}x{size}.png")), &folder.join(name))?;
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

/// The drawing with currentColor wherever it was black; nothing if it says neither.
fn template(svg: &str) -> Option<String> {
    let blacks = ["\"#000000\"", "\"#000\"", "\"black\""];
    let template = blacks
        .iter()
        .fold(svg.to_owned(), |drawing, black| drawing.replace(black, "\"currentColor\""));
    template.contains("currentColor").then_some(template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_say_black_is_recoloured() {
        let svg = r##"<path fill="currentColor"/><path fill="#000"/><path stroke="black"/>"##;
        let all = r#"<path fill="currentColor"/><path fill="currentColor"/><path stroke="currentColor"/>"#;
        assert_eq!(template(svg).as_deref(), Some(all));
        assert_eq!(template(r##"<path fill="#123456"/>"##), None);
    }
}
