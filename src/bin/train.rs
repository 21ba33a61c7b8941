//! Trains the weights that the program carries.

fn main() {}
