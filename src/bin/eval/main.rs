//! Scores the analysis: on our own gold in `tests/gold/`, and on any development files named.

fn main() {}
