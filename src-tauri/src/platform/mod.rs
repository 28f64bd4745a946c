//! What differs between desktops, behind functions of one name.

/// Which program the desktop opens Clove's links with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkHandler {
    /// This one.
    ThisProgram,
    /// Another one, such as an older copy of Clove.
    Other(String),
    /// None.
    Nobody,
    /// The desktop tells it to a running app alone.
    #[allow(dead_code, reason = "not every desktop is like that")]
    Unknown,
}

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod linux_page;
#[cfg(target_os = "linux")]
mod linux_world;
#[cfg(target_os = "linux")]
pub(crate) use self::{linux::*, linux_page::*, linux_world::watch_world};

#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(not(target_os = "linux"))]
mod other_world;
#[cfg(not(target_os = "linux"))]
pub(crate) use self::{other::*, other_world::watch_world};
