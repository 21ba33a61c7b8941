//! Identifies namespaces by their URI or, without a declaration, by their usual prefix.

/// XML namespaces that the parsers distinguish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// The document's own namespace: the namespace of a feed version, an agency format or OPML, or none at all.
    #[default]
    Own,
    /// Dublin Core, for general metadata.
    Dc,
    /// RSS content module, for the full text of an item.
    Content,
    /// Media RSS, for pictures and videos.
    Media,
    /// Apple's podcast namespace.
    Itunes,
    /// XHTML, for markup inside feeds.
    Xhtml,
    /// RDF, for the elements of RSS 1.0.
    Rdf,
    /// Any other namespace.
    Other,
}

/// Substrings that identify a namespace URI, in lower case.
const ADDRESSES: [(&str, Namespace); 17] = [
    ("purl.org/rss/1.0/modules/content", Namespace::Content),
    ("purl.org/rss/1.0/modules/", Namespace::Other),
    ("purl.org/rss/", Namespace::Own),
    ("purl.org/net/rss", Namespace::Own),
    ("purl.org/atom/ns", Namespace::Own),
    ("w3.org/2005/atom", Namespace::Own),
    ("netscape.com/rdf/simple", Namespace::Own),
    ("backend.userland.com", Namespace::Own),
    ("blogs.law.harvard.edu/tech/rss", Namespace::Own),
    ("iptc.org/std/", Namespace::Own),
    ("idpf.org/2007/opf", Namespace::Own),
    ("purl.org/dc/", Namespace::Dc),
    ("search.yahoo.com/mrss", Namespace::Media),
    ("itunes.com/dtds/podcast", Namespace::Itunes),
    ("example.com/dtds/podcast", Namespace::Itunes),
    ("w3.org/1999/xhtml", Namespace::Xhtml),
    ("w3.org/1999/02/22-rdf-syntax-ns", Namespace::Rdf),
];

/// Prefixes that are commonly used for the same namespace.
const PREFIXES: [(&str, Namespace); 15] = [
    ("", Namespace::Own),
    ("rss", Namespace::Own),
    ("atom", Namespace::Own),
    ("atom10", Namespace::Own),
    ("atom03", Namespace::Own),
    ("opf", Namespace::Own),
    ("dc", Namespace::Dc),
    ("dcterms", Namespace::Dc),
    ("content", Namespace::Content),
    ("media", Namespace::Media),
    ("itunes", Namespace::Itunes),
    ("xhtml", Namespace::Xhtml),
    ("html", Namespace::Xhtml),
    ("rdf", Namespace::Rdf),
    ("nitf", Namespace::Own),
];

impl Namespace {
    /// Returns the namespace that a URI declares. An unknown URI is the document's own namespace if declared without a
    /// prefix.
    #[must_use]
    pub(crate) fn of_address(address: &str, prefix: &str) -> Self {
        let address = address.to_ascii_lowercase();
        let known = ADDRESSES.iter().find(|(part, _)| address.contains(part));
        known.map_or(if prefix.is_empty() { Self::Own } else { Self::Other }, |(_, namespace)| *namespace)
    }

    /// Returns the namespace of a prefix that is not declared.
    #[must_use]
    pub(crate) fn of_prefix(prefix: &str) -> Self {
        PREFIXES
            .iter()
            .find(|(known, _)| prefix.eq_ignore_ascii_case(known))
            .map_or(Self::Other, |(_, namespace)| *namespace)
    }
}
