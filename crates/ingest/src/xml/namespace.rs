//! Identifies namespaces by URI, or by the customary prefix if none is declared.

/// Vocabularies that are distinguished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// The document's own: feeds of any version, agency feeds, OPML, or none at all.
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

/// Part of a namespace URI, in lower case → its vocabulary.
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

/// Prefixes with the same meaning everywhere.
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
    /// Returns the vocabulary of a declared namespace URI. An unknown one is the document's own if declared for
    /// elements without a prefix.
    #[must_use]
    pub(crate) fn of_address(address: &str, prefix: &str) -> Self {
        let address = address.to_ascii_lowercase();
        let known = ADDRESSES.iter().find(|(part, _)| address.contains(part));
        known.map_or(if prefix.is_empty() { Self::Own } else { Self::Other }, |(_, namespace)| *namespace)
    }

    /// Returns the vocabulary of an undeclared prefix.
    #[must_use]
    pub(crate) fn of_prefix(prefix: &str) -> Self {
        PREFIXES
            .iter()
            .find(|(known, _)| prefix.eq_ignore_ascii_case(known))
            .map_or(Self::Other, |(_, namespace)| *namespace)
    }
}
