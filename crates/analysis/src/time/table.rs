//! Compiles `crates/analysis/assets/times/patterns.txt` into a trie. Every pattern is a path in the trie, so that one
//! walk over the atoms of a sentence finds the longest pattern.

use super::atom::{Atom, JoiningSymbols};
use super::guard::Guard;
use super::holiday::holidays;
use super::normalization::Normalization;
use super::pattern::{self, Definitions};
use super::value::Modifier;
use super::vocabulary::{Class, Interpretation, Symbol, Vocabulary};
use foldhash::HashMapExt;
use std::sync::LazyLock;

/// Compiled table of patterns.
#[derive(Debug)]
pub(super) struct Table {
    /// Words that occur in patterns.
    pub vocabulary: Vocabulary,
    /// Symbols of the words that join atoms.
    pub joints: JoiningSymbols,
    expressions: Trie,
    prefixes: Trie,
    rules: Vec<Rule>,
    modifiers: Vec<Modifier>,
}

/// Meaning of a group of patterns, with its guard.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Meaning by which the words are resolved.
    pub normalization: Normalization,
    /// Condition on the context of the expression.
    pub guard: Guard,
    /// Index of the holiday, if the rule is for a holiday.
    holiday: Option<u16>,
}

/// Match of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// Number of atoms matched.
    pub length: usize,
    /// Rule of the matched pattern.
    pub rule: Rule,
    /// One interpretation for each atom matched.
    pub interpretations: Vec<Interpretation>,
    order: u16,
}

/// Returns the bundled table, which is compiled on first use.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::compile(SOURCE));
    &TABLE
}

/// Bundled source text of the table.
pub(super) const SOURCE: &str = include_str!("../../assets/times/patterns.txt");

/// Line of the table that is neither blank nor a comment.
enum Line<'a> {
    Define(&'a str, &'a str),
    Prefix(&'a str),
    Group(&'a str, Option<&'a str>),
    Pattern(&'a str),
}

/// Parses a line. Returns `None` for comments, examples and blank lines.
fn line(raw: &str) -> Option<Line<'_>> {
    let text = raw.trim();
    if text.is_empty() || text.starts_with(['#', ':', '!']) {
        return None;
    }
    if raw.starts_with(' ') {
        return Some(Line::Pattern(text));
    }
    if let Some((name, pattern)) = text.strip_prefix("define ").and_then(|rest| rest.split_once('=')) {
        return Some(Line::Define(name.trim(), pattern.trim()));
    }
    if let Some(modifier) = text.strip_prefix("prefix ") {
        return Some(Line::Prefix(modifier.trim()));
    }
    let mut words = text.split_whitespace();
    Some(Line::Group(words.next()?, words.next()))
}

/// Trie to which patterns are being added.
enum Target {
    Expressions,
    Prefixes,
}

impl Table {
    /// Compiles a table. Lines with unknown names are skipped without an error, because tests find them.
    fn compile(source: &str) -> Self {
        let mut vocabulary = Vocabulary::bundled();
        let joints =
            JoiningSymbols { dash: vocabulary.symbol("-"), a: vocabulary.symbol("a"), and: vocabulary.symbol("and") };
        let mut table = Self {
            vocabulary,
            joints,
            expressions: Trie::default(),
            prefixes: Trie::default(),
            rules: Vec::new(),
            modifiers: Vec::new(),
        };
        let mut definitions = Definitions::new();
        let mut target = Target::Expressions;
        for line in source.lines().filter_map(line) {
            match line {
                Line::Define(name, text) => {
                    let all = pattern::sequences(text, &definitions, |word| table.vocabulary.symbol(word));
                    definitions.insert(name, all);
                }
                Line::Prefix(name) => {
                    table.modifiers.extend(Modifier::named(name));
                    target = Target::Prefixes;
                }
                Line::Group(normalization, guard) => {
                    let guard = guard.and_then(Guard::named).unwrap_or(Guard::None);
                    table.rules.extend(Normalization::named(normalization).map(|normalization| Rule {
                        normalization,
                        guard,
                        holiday: None,
                    }));
                    target = Target::Expressions;
                }
                Line::Pattern(text) => table.add(text, &definitions, &target),
            }
        }
        table.add_holidays(&definitions);
        table
    }

    /// Adds the sequences of one pattern to the current group.
    fn add(&mut self, text: &str, definitions: &Definitions<'_, Symbol>, target: &Target) {
        let (tree, owner) = match target {
            Target::Expressions => (&mut self.expressions, self.rules.len()),
            Target::Prefixes => (&mut self.prefixes, self.modifiers.len()),
        };
        let Some(owner) = owner.checked_sub(1) else { return };
        for sequence in pattern::sequences(text, definitions, |word| self.vocabulary.symbol(word)) {
            tree.insert(&sequence, owner as u16);
        }
    }

    /// Adds the names of every holiday, each by itself, with "every", with a year, and with "last", "next" or "this".
    fn add_holidays(&mut self, definitions: &Definitions<'_, Symbol>) {
        const FRAMES: [&str; 4] =
            ["HOLIDAY", "EVERY HOLIDAY", "HOLIDAY (, | in | of)? YEAR", "(LAST | NEXT | THIS) HOLIDAY"];
        let holiday_itself = Class::Holiday.symbol();
        let mut symbol = |word: &str| self.vocabulary.symbol(word);
        let frames: Vec<_> =
            FRAMES.iter().flat_map(|frame| pattern::sequences(frame, definitions, &mut symbol)).collect();
        for (index, holiday) in holidays().iter().enumerate() {
            let owner = self.rules.len() as u16;
            self.rules.push(Rule {
                normalization: Normalization::Holiday,
                guard: Guard::Holiday,
                holiday: Some(index as u16),
            });
            for name in pattern::sequences(holiday.names, definitions, &mut symbol) {
                for frame in &frames {
                    let expanded = frame.iter().flat_map(|symbol| match symbol {
                        symbol if *symbol == holiday_itself => name.as_slice(),
                        other => std::slice::from_ref(other),
                    });
                    self.expressions.insert(&expanded.copied().collect::<Vec<_>>(), owner);
                }
            }
        }
    }

    /// Finds the patterns that begin at atom `start`, longest first, and in table order if equally long.
    pub(super) fn matches(&self, atoms: &[Atom], start: usize, out: &mut Vec<Match>) {
        out.clear();
        let mut path = Vec::new();
        self.expressions.paths(atoms.get(start..).unwrap_or_default(), &mut path, &mut |path, owner| {
            if let Some(rule) = self.rules.get(usize::from(owner)) {
                let mut interpretations = path.to_vec();
                interpretations.extend(rule.holiday.map(|index| Interpretation::new(Class::Holiday, i32::from(index))));
                out.push(Match { length: path.len(), rule: *rule, interpretations, order: owner });
            }
        });
        out.sort_by_key(|found| (usize::MAX - found.length, found.order));
    }

    /// Finds the longest prefix that begins at atom `start`.
    pub(super) fn prefix(&self, atoms: &[Atom], start: usize) -> Option<Prefix> {
        let mut longest: Option<Prefix> = None;
        let mut path = Vec::new();
        self.prefixes.paths(atoms.get(start..).unwrap_or_default(), &mut path, &mut |path, owner| {
            if let Some(modifier) = self.modifiers.get(usize::from(owner))
                && longest.as_ref().is_none_or(|longest| path.len() > longest.interpretations.len())
            {
                longest = Some(Prefix { modifier: *modifier, interpretations: path.to_vec() });
            }
        });
        longest
    }
}

/// Words before a time expression that narrow or move it.
#[derive(Clone, Debug)]
pub(super) struct Prefix {
    /// Effect of the prefix on the expression.
    pub modifier: Modifier,
    /// One interpretation for each atom of the prefix.
    pub interpretations: Vec<Interpretation>,
}

/// Trie of word sequences.
#[derive(Debug)]
struct Trie {
    nodes: Vec<Node>,
    /// Child of the root for each symbol, or 0 if there is none. This is a flat table for speed, because every word is
    /// looked up here and most match no pattern.
    first: Vec<u32>,
    /// Path added last, each symbol with its node. The sequences of a pattern share long beginnings, which need not be
    /// searched again.
    last: Vec<(Symbol, usize)>,
}

/// Node of the trie.
#[derive(Debug, Default)]
struct Node {
    /// Child nodes, each with its symbol, in the order of the symbols.
    edges: Vec<(Symbol, u32)>,
    /// Owners of the patterns that end at this node, in table order.
    owners: Vec<u16>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], first: Vec::new(), last: Vec::new() }
    }
}

impl Trie {
    /// Adds a path of symbols for a pattern with the given owner.
    fn insert(&mut self, symbols: &[Symbol], owner: u16) {
        let shared = self.last.iter().zip(symbols).take_while(|((symbol, _), other)| symbol == *other).count();
        self.last.truncate(shared);
        let mut at = self.last.last().map_or(0, |(_, node)| *node);
        for symbol in symbols.iter().skip(shared) {
            let child = self.child(at, *symbol);
            if at == 0 {
                let place = symbol.index();
                self.first.resize(self.first.len().max(place + 1), 0);
                self.first[place] = child as u32;
            }
            self.last.push((*symbol, child));
            at = child;
        }
        if let Some(node) = self.nodes.get_mut(at).filter(|_| !symbols.is_empty()) {
            node.owners.push(owner);
        }
    }

    /// Returns the child of node `at` for `symbol`, which is created if missing.
    fn child(&mut self, at: usize, symbol: Symbol) -> usize {
        let next = self.nodes.len();
        let Some(node) = self.nodes.get_mut(at) else { return 0 };
        match node.edges.binary_search_by_key(&symbol, |(symbol, _)| *symbol) {
            Ok(place) => node.edges[place].1 as usize,
            Err(place) => {
                node.edges.insert(place, (symbol, next as u32));
                self.nodes.push(Node::default());
                next
            }
        }
    }

    /// Calls `found` for every path from the root that matches the start of the atoms.
    fn paths(&self, atoms: &[Atom], path: &mut Vec<Interpretation>, found: &mut impl FnMut(&[Interpretation], u16)) {
        let Some((first, rest)) = atoms.split_first() else { return };
        for interpretation in first.interpretations.iter() {
            let child = self.first.get(interpretation.symbol.index()).copied().unwrap_or(0);
            if child != 0 {
                path.push(first.interpretations.caught(*interpretation));
                self.walk(child as usize, rest, path, found);
                path.pop();
            }
        }
    }

    /// Calls `found` for every path from node `at` that matches the start of the atoms.
    fn walk(
        &self,
        at: usize,
        atoms: &[Atom],
        path: &mut Vec<Interpretation>,
        found: &mut impl FnMut(&[Interpretation], u16),
    ) {
        let Some(node) = self.nodes.get(at) else { return };
        for owner in &node.owners {
            found(path, *owner);
        }
        let Some((first, rest)) = atoms.split_first() else { return };
        for interpretation in first.interpretations.iter() {
            if let Ok(place) = node.edges.binary_search_by_key(&interpretation.symbol, |(symbol, _)| *symbol) {
                path.push(first.interpretations.caught(*interpretation));
                self.walk(node.edges[place].1 as usize, rest, path, found);
                path.pop();
            }
        }
    }
}
