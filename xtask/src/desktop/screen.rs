//! A virtual display as its X server knows it: keys pressed by XTEST, windows, and what they show.

use super::of_x;
use crate::cmd::{Result, fail};
use std::collections::HashSet;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, ImageFormat, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Keysyms (X11/keysymdef.h).
pub(super) const CONTROL: u32 = 0xffe3;
pub(super) const SHIFT: u32 = 0xffe1;
pub(super) const SPACE: u32 = 0x20;
pub(super) const ESCAPE: u32 = 0xff1b;

/// Types of events in XTEST's requests (X11/X.h).
const KEY_PRESS: u8 = 2;
const KEY_RELEASE: u8 = 3;
/// A picture with fewer colours is that of a window in which nothing is drawn yet.
const COLOURS_OF_TEXT: usize = 32;
/// What is smaller, in pixels a side, is no window of a program but its means.
const SMALLEST: u16 = 200;

pub(super) struct Screen {
    connection: RustConnection,
    root: Window,
}

impl Screen {
    /// Joins the display with a name such as ":1".
    pub(super) fn join(display: &str) -> Result<Screen> {
        let (connection, number) = x11rb::connect(Some(display)).map_err(of_x)?;
        let root = connection.setup().roots[number].root;
        Ok(Screen { connection, root })
    }

    /// Presses keys in their order, and lets go of them in the opposite one.
    pub(super) fn press(&self, keysyms: &[u32]) -> Result<()> {
        let codes: Vec<u8> = keysyms.iter().map(|key| self.code(*key)).collect::<Result<_>>()?;
        let down = codes.iter().map(|code| (KEY_PRESS, *code));
        let up = codes.iter().rev().map(|code| (KEY_RELEASE, *code));
        for (kind, code) in down.chain(up) {
            let sent = self.connection.xtest_fake_input(kind, code, 0, self.root, 0, 0, 0);
            sent.map_err(of_x)?;
        }
        self.connection.flush().map_err(of_x)
    }

    /// The title of the window that has the focus, or of the one around it.
    pub(super) fn focused(&self) -> Option<String> {
        let mut window = self.connection.get_input_focus().ok()?.reply().ok()?.focus;
        loop {
            let name = self.title(window);
            if name.is_some() {
                return name;
            }
            let tree = self.connection.query_tree(window).ok()?.reply().ok()?;
            if tree.parent == 0 || tree.parent == tree.root {
                return None;
            }
            window = tree.parent;
        }
    }

    /// A program's window that is mapped and has something drawn in it.
    pub(super) fn painted(&self) -> Option<Window> {
        self.programs(self.root).into_iter().find(|window| self.colours(*window) >= COLOURS_OF_TEXT)
    }

    /// Asks a window to close, as its cross does
    /// (<https://specifications.freedesktop.org/wm-spec/latest/>, _NET_CLOSE_WINDOW).
    pub(super) fn close(&self, window: Window) -> Result<()> {
        let name = self.connection.intern_atom(false, b"_NET_CLOSE_WINDOW").map_err(of_x)?;
        let kind = name.reply().map_err(of_x)?.atom;
        let message = ClientMessageEvent::new(32, window, kind, [0_u32; 5]);
        let to = EventMask::SUBSTRUCTURE_NOTIFY | EventMask::SUBSTRUCTURE_REDIRECT;
        self.connection.send_event(false, self.root, to, message).map_err(of_x)?;
        self.connection.flush().map_err(of_x)
    }

    /// The key that gives a keysym.
    fn code(&self, keysym: u32) -> Result<u8> {
        let (min, max) = {
            let setup = self.connection.setup();
            (setup.min_keycode, setup.max_keycode)
        };
        let mapping = self.connection.get_keyboard_mapping(min, max - min + 1).map_err(of_x)?;
        let mapping = mapping.reply().map_err(of_x)?;
        let per_code = usize::from(mapping.keysyms_per_keycode).max(1);
        let place = mapping.keysyms.chunks(per_code).position(|syms| syms.first() == Some(&keysym));
        match place.and_then(|place| u8::try_from(place).ok()) {
            Some(place) => Ok(min + place),
            None => fail(format!("The virtual display's keyboard has no key {keysym:#x}.")),
        }
    }

    /// The visible windows below `window` that a program put there: a window manager marks them.
    fn programs(&self, window: Window) -> Vec<Window> {
        let children = self.connection.query_tree(window).ok().and_then(|tree| tree.reply().ok());
        let mut found = Vec::new();
        for child in children.into_iter().flat_map(|tree| tree.children) {
            if !self.is_shown(child) {
                continue;
            }
            if self.is_programs(child) {
                found.push(child)
            } else {
                found.extend(self.programs(child))
            }
        }
        found
    }

    fn is_shown(&self, window: Window) -> bool {
        let asked = self.connection.get_window_attributes(window).ok();
        let attributes = asked.and_then(|attributes| attributes.reply().ok());
        attributes.is_some_and(|attributes| attributes.map_state == MapState::VIEWABLE)
    }

    /// ICCCM 4.1.3.1: a window manager puts WM_STATE on the windows of programs.
    fn is_programs(&self, window: Window) -> bool {
        let state = self.connection.intern_atom(false, b"WM_STATE").ok();
        let Some(state) = state.and_then(|atom| atom.reply().ok()) else { return false };
        let asked = self.connection.get_property(false, window, state.atom, AtomEnum::ANY, 0, 1);
        asked.ok().and_then(|state| state.reply().ok()).is_some_and(|state| state.type_ != 0)
    }

    /// How many colours a window shows; none while it is too small to be one.
    fn colours(&self, window: Window) -> usize {
        let picture = || {
            let size = self.connection.get_geometry(window).ok()?.reply().ok()?;
            if size.width < SMALLEST || size.height < SMALLEST {
                return None;
            }
            let (kind, all) = (ImageFormat::Z_PIXMAP, u32::MAX);
            let asked = self.connection.get_image(kind, window, 0, 0, size.width, size.height, all);
            asked.ok()?.reply().ok()
        };
        let pixels = picture().map(|image| image.data).unwrap_or_default();
        pixels.chunks_exact(4).map(|pixel| &pixel[..3]).collect::<HashSet<_>>().len()
    }

    fn title(&self, window: Window) -> Option<String> {
        let (name, any) = (AtomEnum::WM_NAME, AtomEnum::ANY);
        let name = self.connection.get_property(false, window, name, any, 0, 256).ok()?;
        let name = name.reply().ok()?;
        (!name.value.is_empty()).then(|| String::from_utf8_lossy(&name.value).into_owned())
    }
}
