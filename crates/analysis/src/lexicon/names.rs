//! Gazetteer: words and phrases in names of people, places and organisations, and in titles. A list says what a word
//! may be, but never what it is.

use super::demonyms::Demonyms;
use super::lists;
use super::nicknames::Nicknames;
use super::{Lexicon, entries};
use crate::hash::{Map, Set, folded, mix};
use crate::token::tokenize;
use dateline_core::text::Span;
use std::ops::BitOr;

/// Set of the possible kinds of a listed word or phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Kinds(pub u32);

impl Kinds {
    /// Woman's given name.
    pub(crate) const FEMALE: Self = Self(1);
    /// Man's given name.
    pub(crate) const MALE: Self = Self(1 << 1);
    /// Family name.
    pub(crate) const SURNAME: Self = Self(1 << 2);
    /// Country.
    pub(crate) const COUNTRY: Self = Self(1 << 3);
    /// City or town.
    pub(crate) const CITY: Self = Self(1 << 4);
    /// Province, region, continent, sea, river, mountain, district or landmark.
    pub(crate) const REGION: Self = Self(1 << 5);
    /// Nationality, people, faith or political camp.
    pub(crate) const DEMONYM: Self = Self(1 << 6);
    /// Title before a person's name: "Mr", "President".
    pub(crate) const TITLE: Self = Self(1 << 7);
    /// Occupation or function of a person: "spokesman", "striker".
    pub(crate) const ROLE: Self = Self(1 << 8);
    /// Word that heads or opens the name of an organisation: "Ministry", "University".
    pub(crate) const ORGANISATION_WORD: Self = Self(1 << 9);
    /// Word that ends the name of a company: "Inc", "Holdings".
    pub(crate) const COMPANY_SUFFIX: Self = Self(1 << 10);
    /// Word that heads the name of a place: "River", "Street".
    pub(crate) const PLACE_WORD: Self = Self(1 << 11);
    /// Company or brand.
    pub(crate) const COMPANY: Self = Self(1 << 12);
    /// Agency, ministry, party, union, alliance or armed group.
    pub(crate) const AGENCY: Self = Self(1 << 13);
    /// Sports team, club or league.
    pub(crate) const TEAM: Self = Self(1 << 14);
    /// Newspaper, broadcaster or news agency.
    pub(crate) const MEDIA: Self = Self(1 << 15);
    /// Day, month or holiday.
    pub(crate) const CALENDAR: Self = Self(1 << 16);
    /// Common word, capitalised only at the beginning of a sentence or in a title.
    pub(crate) const COMMON: Self = Self(1 << 17);
    /// Lower-case word inside a person's name: "van", "bin".
    pub(crate) const PARTICLE: Self = Self(1 << 18);
    /// Word that joins the parts of one name: "of", "and", "&".
    pub(crate) const CONNECTOR: Self = Self(1 << 19);
    /// Law, award, contest, book or another named thing.
    pub(crate) const WORK: Self = Self(1 << 20);
    /// First word of a listed phrase.
    const OPENS_PHRASE: Self = Self(1 << 21);
    /// Title of a woman.
    pub(crate) const FEMALE_TITLE: Self = Self(1 << 22);
    /// Title of a man.
    pub(crate) const MALE_TITLE: Self = Self(1 << 23);

    /// Noun for a work that has a title: "novel".
    pub(crate) const WORK_WORD: Self = Self(1 << 24);
    /// Word that ends the name of an event: "Cup", "War".
    pub(crate) const EVENT_WORD: Self = Self(1 << 25);
    /// Word that ends the name of a law or treaty: "Act".
    pub(crate) const LAW_WORD: Self = Self(1 << 26);
    /// Word that opens the name of an event: "Storm", "Battle".
    pub(crate) const EVENT_OPENER: Self = Self(1 << 27);
    /// Noun for a thing with a name of its own, such as a ship: "ferry".
    pub(crate) const VESSEL_WORD: Self = Self(1 << 28);

    /// Given name of either sex.
    pub(crate) const GIVEN: Self = Self(Self::FEMALE.0 | Self::MALE.0);
    /// Place of any kind.
    pub(crate) const PLACE: Self = Self(Self::COUNTRY.0 | Self::CITY.0 | Self::REGION.0);
    /// Organisation of any kind.
    pub(crate) const ORGANISATION: Self = Self(Self::COMPANY.0 | Self::AGENCY.0 | Self::TEAM.0 | Self::MEDIA.0);

    /// Returns whether the two sets have a common member.
    #[must_use]
    #[inline]
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether the set is empty, that is, the word is unlisted.
    #[must_use]
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Kinds {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Content of each list file, with the kind of its entries.
const LISTS: [(&str, Kinds); 29] = [
    (include_str!("../../assets/lexicon/en/given_names_female.txt"), Kinds::FEMALE),
    (include_str!("../../assets/lexicon/en/given_names_male.txt"), Kinds::MALE),
    (include_str!("../../assets/lexicon/en/surnames.txt"), Kinds::SURNAME),
    (include_str!("../../assets/lexicon/en/countries.txt"), Kinds::COUNTRY),
    (include_str!("../../assets/lexicon/en/cities.txt"), Kinds::CITY),
    (include_str!("../../assets/lexicon/en/regions.txt"), Kinds::REGION),
    (include_str!("../../assets/lexicon/en/groups.txt"), Kinds::DEMONYM),
    (include_str!("../../assets/lexicon/en/titles.txt"), Kinds::TITLE),
    (include_str!("../../assets/lexicon/en/titles_female.txt"), Kinds(Kinds::TITLE.0 | Kinds::FEMALE_TITLE.0)),
    (include_str!("../../assets/lexicon/en/titles_male.txt"), Kinds(Kinds::TITLE.0 | Kinds::MALE_TITLE.0)),
    (include_str!("../../assets/lexicon/en/roles.txt"), Kinds::ROLE),
    (include_str!("../../assets/lexicon/en/roles_female.txt"), Kinds(Kinds::ROLE.0 | Kinds::FEMALE_TITLE.0)),
    (include_str!("../../assets/lexicon/en/roles_male.txt"), Kinds(Kinds::ROLE.0 | Kinds::MALE_TITLE.0)),
    (include_str!("../../assets/lexicon/en/organisation_words.txt"), Kinds::ORGANISATION_WORD),
    (include_str!("../../assets/lexicon/en/company_suffixes.txt"), Kinds::COMPANY_SUFFIX),
    (include_str!("../../assets/lexicon/en/place_words.txt"), Kinds::PLACE_WORD),
    (include_str!("../../assets/lexicon/en/companies.txt"), Kinds::COMPANY),
    (include_str!("../../assets/lexicon/en/agencies.txt"), Kinds::AGENCY),
    (include_str!("../../assets/lexicon/en/teams.txt"), Kinds::TEAM),
    (include_str!("../../assets/lexicon/en/media.txt"), Kinds::MEDIA),
    (include_str!("../../assets/lexicon/en/calendar_words.txt"), Kinds::CALENDAR),
    (include_str!("../../assets/lexicon/en/common_words.txt"), Kinds::COMMON),
    (include_str!("../../assets/lexicon/en/name_particles.txt"), Kinds::PARTICLE),
    (include_str!("../../assets/lexicon/en/works.txt"), Kinds::WORK),
    (include_str!("../../assets/lexicon/en/work_words.txt"), Kinds::WORK_WORD),
    (include_str!("../../assets/lexicon/en/vessel_words.txt"), Kinds::VESSEL_WORD),
    (include_str!("../../assets/lexicon/en/event_words.txt"), Kinds::EVENT_WORD),
    (include_str!("../../assets/lexicon/en/law_words.txt"), Kinds::LAW_WORD),
    (include_str!("../../assets/lexicon/en/event_openers.txt"), Kinds::EVENT_OPENER),
];

/// Possible referent of a common noun after "the".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DescriptionKind {
    /// The noun refers to a company.
    Company,
    /// The noun refers to a country.
    Country,
    /// The noun refers to a city or town.
    City,
    /// The noun refers to a name that contains it.
    Own,
    /// The noun does not refer to a name, because it is a role that many people have or more often means a thing.
    Nothing,
}

impl DescriptionKind {
    fn named(word: &str) -> Option<Self> {
        match word {
            "company" => Some(Self::Company),
            "country" => Some(Self::Country),
            "city" => Some(Self::City),
            "own" => Some(Self::Own),
            "none" => Some(Self::Nothing),
            _ => None,
        }
    }
}

/// Listed words and phrases. A word is keyed by its folded hash, a phrase by the mixed hashes of its words.
#[derive(Debug, Default)]
pub(crate) struct NameLists {
    words: Map<Kinds>,
    phrases: Map<Kinds>,
    /// Index of each place, keyed by the hash of any of its synonyms.
    places: Map<usize>,
    /// Lower-case words that can occur inside a role before a name.
    role_modifiers: Set,
    /// Given names and their short forms.
    nicknames: Nicknames,
    /// Demonyms by place.
    demonyms: Demonyms,
    /// Kind of referent of each common noun that can refer to a name, keyed by the hash of the noun.
    descriptions: Map<DescriptionKind>,
}

impl NameLists {
    /// Maximum number of words in a phrase.
    pub(crate) const MAX_LENGTH: usize = 6;

    /// Reads the lists. `lexicon` is used to tokenize their phrases in the same way as an article.
    #[must_use]
    pub(crate) fn bundled(lexicon: &Lexicon) -> Self {
        let mut lists = Self::default();
        let mut tokens = Vec::new();
        for (file, kinds) in LISTS {
            for entry in entries(file).flat_map(|line| line.split(',')).map(str::trim).filter(|entry| !entry.is_empty())
            {
                tokens.clear();
                tokenize(entry, Span::new(0, entry.len()), lexicon, &mut tokens);
                let hashes = tokens.iter().map(|token| folded(token.span.of(entry)));
                lists.add(hashes, kinds);
            }
        }
        for form in super::demonyms::forms() {
            lists.add(form.split_whitespace().map(folded), Kinds::DEMONYM);
            // "Philippine" has no plural demonym, because the Philippines are a place.
            let plural = format!("{form}s");
            if !lists.of(&plural).any(Kinds::PLACE) {
                lists.add(plural.split_whitespace().map(folded), Kinds::DEMONYM);
            }
        }
        lists.read_synonyms(lexicon);
        lists.read_descriptions();
        lists.nicknames = Nicknames::bundled();
        lists.demonyms = Demonyms::bundled();
        let modifiers =
            entries(include_str!("../../assets/lexicon/en/role_modifiers.txt")).flat_map(|line| line.split(','));
        lists.role_modifiers.extend(modifiers.map(|word| folded(word.trim())));
        for word in lists::CONNECTORS.iter() {
            lists.add(std::iter::once(folded(word)), Kinds::CONNECTOR);
        }
        lists
    }

    fn read_descriptions(&mut self) {
        for line in entries(include_str!("../../assets/lexicon/en/description_nouns.txt")) {
            let Some((described, nouns)) = line.split_once(':') else { continue };
            let Some(described) = DescriptionKind::named(described.trim()) else { continue };
            self.descriptions.extend(nouns.split(',').map(|noun| (folded(noun.trim()), described)));
        }
    }

    fn read_synonyms(&mut self, lexicon: &Lexicon) {
        let mut tokens = Vec::new();
        for (number, line) in entries(include_str!("../../assets/lexicon/en/place_synonyms.txt")).enumerate() {
            for entry in line.split(',').map(str::trim) {
                tokens.clear();
                tokenize(entry, Span::new(0, entry.len()), lexicon, &mut tokens);
                let words = tokens.iter().map(|token| folded(&token.span.of(entry).replace('.', "")));
                self.places.insert(words.fold(0, mix), number);
            }
        }
    }

    /// Returns whether a word can be part of a role before a name: "former", "trade".
    #[must_use]
    pub(crate) fn is_role_modifier(&self, word: &str) -> bool {
        self.role_modifiers.contains(&folded(word))
    }

    /// Returns the given names and their short forms.
    #[must_use]
    pub(crate) const fn nicknames(&self) -> &Nicknames {
        &self.nicknames
    }

    /// Returns the demonyms by place.
    #[must_use]
    pub(crate) const fn demonyms(&self) -> &Demonyms {
        &self.demonyms
    }

    /// Returns the kind of referent that the common noun with this folded hash can have.
    #[must_use]
    pub(crate) fn described(&self, noun: u64) -> Option<DescriptionKind> {
        self.descriptions.get(&noun).copied()
    }

    /// Returns an index shared by all names of the same place. `words` are folded hashes, computed without periods.
    #[must_use]
    pub(crate) fn same_place(&self, words: &[u64]) -> Option<usize> {
        self.places.get(&words.iter().copied().fold(0, mix)).copied()
    }

    fn add(&mut self, mut hashes: impl Iterator<Item = u64>, kinds: Kinds) {
        let Some(first) = hashes.next() else { return };
        let mut phrase = first;
        let mut more = false;
        for hash in hashes {
            phrase = mix(phrase, hash);
            more = true;
        }
        let (map, key) = if more { (&mut self.phrases, phrase) } else { (&mut self.words, first) };
        let entry = map.entry(key).or_default();
        *entry = *entry | kinds;
        if more {
            let opener = self.words.entry(first).or_default();
            *opener = *opener | Kinds::OPENS_PHRASE;
        }
    }

    /// Returns the possible kinds of the word with this folded hash.
    #[must_use]
    #[inline]
    pub(crate) fn word(&self, folded: u64) -> Kinds {
        self.words.get(&folded).copied().unwrap_or_default()
    }

    /// Returns the possible kinds of `word`.
    #[must_use]
    #[inline]
    pub(crate) fn of(&self, word: &str) -> Kinds {
        self.word(folded(word))
    }

    /// Finds the longest listed phrase that begins with the first of `hashes`. Returns its number of words and its
    /// possible kinds.
    #[must_use]
    pub(crate) fn phrase(&self, kinds_of_first: Kinds, hashes: impl Iterator<Item = u64>) -> Option<(usize, Kinds)> {
        if !kinds_of_first.any(Kinds::OPENS_PHRASE) {
            return None;
        }
        let mut phrase = 0;
        let mut best = None;
        for (index, hash) in hashes.take(Self::MAX_LENGTH).enumerate() {
            phrase = if index == 0 { hash } else { mix(phrase, hash) };
            if index > 0
                && let Some(kinds) = self.phrases.get(&phrase)
            {
                best = Some((index + 1, *kinds));
            }
        }
        best
    }
}
