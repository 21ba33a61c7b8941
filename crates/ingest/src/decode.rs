//! Turns bytes into text: compression and charset.

pub(crate) mod charset;
pub mod encoding;
pub(crate) mod packed;
pub(crate) mod zip;
