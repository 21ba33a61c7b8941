//! Identifies namespaces by their addresses, and by the customary prefix if none is declared.

/// Vocabularies that are distinguished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Space {
    /// The document's own: feeds of any version, deliveries of agencies, lists of feeds, or none.
    #[default]
    Own,
    /// Dublin Core.
    Dc,
    /// RSS content module.
    Content,
    /// Media RSS.
    Media,
    /// Podcasts.
    Itunes,
    /// XHTML.
    Xhtml,
    /// RDF's own elements.
    Rdf,
    /// Any other.
    Other,
}

/// Part of a namespace address, in lower case → its vocabulary.
const ADDRESSES: [(&str, Space); 17] = [
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules/", Space::Other),
    ("purl.org/rss/", Space::Own),
    ("purl.org/net/rss", Space::Own),
    ("purl.org/atom/ns", Space::Own),
    ("w3.org/2005/atom", Space::Own),
    ("netscape.com/rdf/simple", Space::Own),
    ("backend.userland.com", Space::Own),
    ("blogs.law.harvard.edu/tech/rss", Space::Own),
    ("iptc.org/std/", Space::Own),
    ("idpf.org/2007/opf", Space::Own),
    ("purl.org/dc/", Space::Dc),
    ("search.yahoo.com/mrss", Space::Media),
    ("itunes.com/dtds/podcast", Space::Itunes),
    ("example.com/dtds/podcast", Space::Itunes),
    ("w3.org/1999/xhtml", Space::Xhtml),
    ("w3.org/1999/02/22-rdf-syntax-ns", Space::Rdf),
];

/// Prefixes with the same meaning everywhere.
const PREFIXES: [(&str, Space); 15] = [
    ("", Space::Own),
    ("rss", Space::Own),
    ("atom", Space::Own),
    ("atom10", Space::Own),
    ("atom03", Space::Own),
    ("opf", Space::Own),
    ("dc", Space::Dc),
    ("dcterms", Space::Dc),
    ("content", Space::Content),
    ("media", Space::Media),
    ("itunes", Space::Itunes),
    ("xhtml", Space::Xhtml),
    ("html", Space::Xhtml),
    ("rdf", Space::Rdf),
    ("nitf", Space::Own),
];

impl Space {
    /// Returns the vocabulary of a declared address. An unknown address is the document's own if it is declared for
    /// elements without a prefix.
    #[must_use]
    pub(crate) fn of_address(address: &str, prefix: &str) -> Self {
        let address = address.to_ascii_lowercase();
        let known = ADDRESSES.iter().find(|(part, _)| address.contains(part));
        known.map_or(if prefix.is_empty() { Self::Own } else { Self::Other }, |(_, space)| *space)
    }

    /// Returns the vocabulary of an undeclared prefix.
    #[must_use]
    pub(crate) fn of_prefix(prefix: &str) -> Self {
        PREFIXES.iter().find(|(known, _)| prefix.eq_ignore_ascii_case(known)).map_or(Self::Other, |(_, space)| *space)
    }
}
