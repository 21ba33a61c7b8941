//! Text and a width in, lines as spans out. Knows nothing of articles.
