//! Gazetteer: words and phrases that make up names (persons' names, places, organisations, titles). A list says what a
//! word may be, never what it is.

use super::demonyms::Demonyms;
use super::lists;
use super::nicknames::Nicknames;
use super::{Lexicon, entries};
use crate::hash::{Map, Set, folded, mix};
use crate::token::tokenize;
use dateline_core::text::Span;
use std::ops::BitOr;

/// Set of the things that a word or phrase may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Kinds(pub u32);

impl Kinds {
    /// A woman's given name.
    pub(crate) const FEMALE: Self = Self(1);
    /// A man's given name.
    pub(crate) const MALE: Self = Self(1 << 1);
    /// A family name.
    pub(crate) const SURNAME: Self = Self(1 << 2);
    /// A country.
    pub(crate) const COUNTRY: Self = Self(1 << 3);
    /// A city or town.
    pub(crate) const CITY: Self = Self(1 << 4);
    /// A province, region, continent, sea, river, mountain, district or landmark.
    pub(crate) const REGION: Self = Self(1 << 5);
    /// A nationality, people, faith or political camp.
    pub(crate) const DEMONYM: Self = Self(1 << 6);
    /// Precedes a person's name: "Mr", "President".
    pub(crate) const TITLE: Self = Self(1 << 7);
    /// A person's occupation or function: "spokesman", "striker".
    pub(crate) const ROLE: Self = Self(1 << 8);
    /// Heads or opens the name of an organisation: "Ministry", "University".
    pub(crate) const ORGANISATION_WORD: Self = Self(1 << 9);
    /// Ends the name of a company: "Inc", "Holdings".
    pub(crate) const COMPANY_SUFFIX: Self = Self(1 << 10);
    /// Heads the name of a place: "River", "Street".
    pub(crate) const PLACE_WORD: Self = Self(1 << 11);
    /// A company or brand.
    pub(crate) const COMPANY: Self = Self(1 << 12);
    /// An agency, ministry, party, union, alliance or armed group.
    pub(crate) const AGENCY: Self = Self(1 << 13);
    /// A team, club or league.
    pub(crate) const TEAM: Self = Self(1 << 14);
    /// A newspaper, broadcaster or news agency.
    pub(crate) const MEDIA: Self = Self(1 << 15);
    /// A day, month or holiday.
    pub(crate) const CALENDAR: Self = Self(1 << 16);
    /// A common word that is capitalised only at the beginning of a sentence or a title.
    pub(crate) const COMMON: Self = Self(1 << 17);
    /// Lower-case word inside a person's name: "van", "bin".
    pub(crate) const PARTICLE: Self = Self(1 << 18);
    /// Joins the words of one name: "of", "and", "&".
    pub(crate) const CONNECTOR: Self = Self(1 << 19);
    /// A law, award, contest, book or another named thing.
    pub(crate) const WORK: Self = Self(1 << 20);
    /// First word of a phrase in the lists.
    const OPENS_PHRASE: Self = Self(1 << 21);
    /// A title that marks a woman.
    pub(crate) const FEMALE_TITLE: Self = Self(1 << 22);
    /// A title that marks a man.
    pub(crate) const MALE_TITLE: Self = Self(1 << 23);

    /// A noun for something that has a title: "novel".
    pub(crate) const WORK_WORD: Self = Self(1 << 24);
    /// Ends the name of an event: "Cup", "War".
    pub(crate) const EVENT_WORD: Self = Self(1 << 25);
    /// Ends the name of a law or treaty: "Act".
    pub(crate) const LAW_WORD: Self = Self(1 << 26);
    /// Opens the name of an event: "Storm", "Battle".
    pub(crate) const EVENT_OPENER: Self = Self(1 << 27);
    /// A noun for something that is named as ships are: "ferry".
    pub(crate) const VESSEL_WORD: Self = Self(1 << 28);

    /// Any given name.
    pub(crate) const GIVEN: Self = Self(Self::FEMALE.0 | Self::MALE.0);
    /// Any place.
    pub(crate) const PLACE: Self = Self(Self::COUNTRY.0 | Self::CITY.0 | Self::REGION.0);
    /// Any organisation.
    pub(crate) const ORGANISATION: Self = Self(Self::COMPANY.0 | Self::AGENCY.0 | Self::TEAM.0 | Self::MEDIA.0);

    /// Returns whether the sets share a member.
    #[must_use]
    #[inline]
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether nothing is known.
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

/// Lists with the kind of their entries.
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

/// Possible referent of a common noun with "the".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DescriptionKind {
    /// A company.
    Company,
    /// A country.
    Country,
    /// A city or town.
    City,
    /// A name that contains the noun.
    Own,
    /// Nothing, because the noun is a role that more often means a thing, or that many people have.
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

/// Words and phrases of the lists, keyed by the folded hash of the word or the mixed hashes of its words.
#[derive(Debug, Default)]
pub(crate) struct NameLists {
    words: Map<Kinds>,
    phrases: Map<Kinds>,
    /// Synonyms of places: hash of the words → number of the place.
    places: Map<usize>,
    /// Lower-case words inside a role before a name.
    role_modifiers: Set,
    /// Given names and their short forms.
    nicknames: Nicknames,
    /// Demonyms by place.
    demonyms: Demonyms,
    /// Common nouns that can refer to names: hash of the noun → kind of the referent.
    descriptions: Map<DescriptionKind>,
}

impl NameLists {
    /// Maximum number of words in a phrase.
    pub(crate) const MAX_LENGTH: usize = 6;

    /// Reads the lists; `lexicon` tokenizes their phrases the same way as a text.
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
            // "Philippine" has no plural, because the Philippines are a place.
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

    /// Returns what the common noun with this folded hash can refer to.
    #[must_use]
    pub(crate) fn described(&self, noun: u64) -> Option<DescriptionKind> {
        self.descriptions.get(&noun).copied()
    }

    /// Returns a number shared by all names of one place; `words` are folded hashes without periods.
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

    /// Returns what the word with this folded hash may be.
    #[must_use]
    #[inline]
    pub(crate) fn word(&self, folded: u64) -> Kinds {
        self.words.get(&folded).copied().unwrap_or_default()
    }

    /// Returns what `word` may be.
    #[must_use]
    #[inline]
    pub(crate) fn of(&self, word: &str) -> Kinds {
        self.word(folded(word))
    }

    /// Finds the longest phrase that begins with the first of these words. Returns its number of words and what it may
    /// be.
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
