//! The stories bundled with the program.

/// Name and contents of each bundled story, in list order.
pub(crate) const STORIES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/stories.rs"));

/// Returns the contents of a bundled story by its name.
pub(crate) fn bytes(name: &str) -> Option<&'static [u8]> {
    STORIES.iter().find(|(bundled, _)| *bundled == name).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_stories_can_all_be_read() {
        assert!(!STORIES.is_empty());
        for (name, bytes) in STORIES {
            assert!(dateline_ingest::articles(name, bytes).is_ok_and(|articles| !articles.is_empty()), "{name}");
        }
    }
}
