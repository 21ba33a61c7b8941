//! Converts bytes to text: decompression and character encodings.

pub(crate) mod charset;
pub(crate) mod compression;
pub(crate) mod encoding;
pub(crate) mod mojibake;
pub(crate) mod zip;
