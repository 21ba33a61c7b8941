//! The library: every article that was ever taken in, and what the reader made of it.

pub mod query;
