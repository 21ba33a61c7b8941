//! Scores the analysis against hand-made annotation.

fn main() {}
