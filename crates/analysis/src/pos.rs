//! Learnt parts of speech.

pub mod tag;

pub use tag::PennTag;
