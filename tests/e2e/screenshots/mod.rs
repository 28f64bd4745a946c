//! The pictures in docs/screenshots, and the page that shows them all. Not a test of anything:
//! `cargo xtask screenshots` runs it.

mod of_account;
mod of_list;
mod of_windows;
mod set;

use std::{env, fmt::Write, fs, path::Path, thread};

use self::set::{Set, THEMES};

/// Every state that is pictured, in the page's order.
const PICTURES: [&[Picture]; 3] = [of_list::PICTURES, of_windows::PICTURES, of_account::PICTURES];

/// A picture to take, in each theme.
struct Picture {
    /// The name of the file, before the theme's.
    name: &'static str,
    /// What it shows, in the page's words.
    shows: &'static str,
    /// Width and height of the window, in CSS pixels.
    size: (u32, u32),
    /// Pixels of the screen to a CSS pixel.
    scale: u32,
    /// Brings Clove there, and takes the picture.
    pose: fn(&Set<'_>),
}

impl Picture {
    const fn new(name: &'static str, shows: &'static str, pose: fn(&Set<'_>)) -> Self {
        Self { name, shows, size: (720, 640), scale: 1, pose }
    }

    /// The same as dense screens show it, for the README.
    const fn dense(self) -> Self {
        Self { scale: 2, ..self }
    }

    const fn sized(self, width: u32, height: u32) -> Self {
        Self { size: (width, height), ..self }
    }
}

#[test]
#[ignore = "it makes the pictures of the documents: `cargo xtask screenshots`"]
fn screenshots() {
    let folder = env::var_os("CLOVE_SCREENSHOTS").expect("the command names the folder");
    let folder = Path::new(&folder);
    let only = env::var("CLOVE_SCREENSHOTS_ONLY").unwrap_or_default();
    fs::create_dir_all(folder).unwrap();
    let all = || PICTURES.into_iter().flatten();
    thread::scope(|scope| {
        for theme in &THEMES {
            let wanted = all().filter(|picture| picture.name.contains(&only));
            scope.spawn(move || wanted.for_each(|picture| Set::new(picture, theme, folder).pose()));
        }
    });
    fs::write(folder.with_extension("md"), page(all())).unwrap();
}

/// Shows the pictures side by side, in Markdown.
fn page<'a>(pictures: impl Iterator<Item = &'a Picture>) -> String {
    let mut page = "# Clove in pictures\n\nThe real window, without its frame, light and dark. \
                    `cargo xtask screenshots` makes the pictures and this page.\n"
        .to_owned();
    for Picture { name, shows, size: (width, _), .. } in pictures {
        let cell = |theme: &str| {
            // Two of them have to fit beside each other.
            let width = width.min(&420);
            format!(
                "<img src=\"screenshots/{name}-{theme}.png\" width=\"{width}\" alt=\"{shows}\">"
            )
        };
        let (light, dark) = (cell("light"), cell("dark"));
        write!(page, "\n## {shows}\n\n| Light | Dark |\n|---|---|\n| {light} | {dark} |\n")
            .unwrap();
    }
    page
}
