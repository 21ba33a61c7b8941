//! Bytes to text: what packs them and their charset.

pub(crate) mod charset;
pub mod encoding;
pub(crate) mod packed;
pub(crate) mod zip;
