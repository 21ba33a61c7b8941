//! Turns bytes into text: compression and charset.

pub(crate) mod charset;
pub(crate) mod compression;
pub mod encoding;
pub(crate) mod zip;
