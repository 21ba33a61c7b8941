//! File extensions that say nothing of the format, or that the file is no article.

/// Extensions of compressed files, which may hold any format.
pub const PACKINGS: [&str; 2] = ["gz", "zst"];

/// Extensions of what lies beside articles in a folder and never is one.
pub(super) const NEVER_ARTICLES: [&str; 34] = [
    "avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp", "aac", "flac", "m4a",
    "mp3", "ogg", "opus", "wav", "avi", "mkv", "mov", "mp4", "webm", "css", "js", "map", "mjs", "wasm", "eot", "otf",
    "ttf", "woff", "woff2",
];

/// Whether a file extension belongs to pictures, sounds, styles, scripts or fonts.
pub(super) fn is_never_article(extension: &str) -> bool {
    is_one_of(&NEVER_ARTICLES, extension)
}

/// Whether a list holds an extension, in upper or lower case.
pub(super) fn is_one_of(list: &[&str], extension: &str) -> bool {
    list.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
