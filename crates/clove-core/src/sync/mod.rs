//! One list on every device: what is pushed, what is pulled, and when.

pub(crate) mod acknowledge;
pub(crate) mod remote;
pub(crate) mod wire;
