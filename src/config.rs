//! Settings: what the user may change and what holds when nothing is said.
