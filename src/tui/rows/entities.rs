//! Rows of the entities panel: name, role, type and number of mentions.

use super::{CorrectablePart, Options, Order, PanelLine, PanelRows, line, said, wrapped};
use crate::tui::analysis_view::{AnalysisView, Selection};
use crate::tui::labels;
use crate::tui::mark::{Mark, Tint};
use crate::tui::theme::Role;
use dateline_analysis::{Entity, EntityKind, Mention, MentionKind, Quote, correction};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_core::text::Span;
use std::cmp::Reverse;

/// Implementation of the entities panel.
pub(super) struct Entities;

impl PanelRows for Entities {
    fn name(&self) -> &'static str {
        "Entities"
    }

    fn noun(&self) -> &'static str {
        "name"
    }

    fn empty(&self, _total: usize) -> &'static str {
        "No names found."
    }

    fn count(&self, analysis_view: &AnalysisView) -> usize {
        let entities = &analysis_view.analysis.entities;
        (0..entities.len()).filter(|index| row_of(entities, *index) == *index).count()
    }

    fn orders(&self) -> &'static [Order] {
        &[Order::Text, Order::Type, Order::Mentions]
    }

    fn rows(&self, analysis_view: &AnalysisView, options: &Options) -> Vec<usize> {
        let entities = &analysis_view.analysis.entities;
        let mut rows: Vec<usize> = (0..entities.len()).filter(|index| row_of(entities, *index) == *index).collect();
        match options.order {
            Order::Type => rows.sort_by_key(|&index| entities.get(index).map(|entity| entity.kind)),
            Order::Mentions => rows.sort_by_key(|&index| Reverse(entities.get(index).map_or(0, Entity::named))),
            Order::Text | Order::Date | Order::Speaker | Order::Counted => {}
        }
        rows
    }

    fn height(&self, _order: Order) -> usize {
        1
    }

    /// Formats the name, role and type of an entity, and the number of times that it is named.
    fn brief(&self, article: &Article, analysis_view: &AnalysisView, _order: Order, index: usize) -> Vec<PanelLine> {
        let Some(entity) = analysis_view.analysis.entities.get(index) else { return Vec::new() };
        let mut line = head(entity);
        let peoples = peoples(&analysis_view.analysis.entities, index);
        if !peoples.is_empty() {
            line.left.push((format!(" · {}", peoples.join(", ")), Tint::Role(Role::Dim)));
        }
        if let Some(role) = entity.role {
            line.left.push((format!(" · {}", said(article, role)), Tint::Role(Role::Dim)));
        }
        vec![line]
    }

    /// Formats an entity's name and role, its other names and mentions, and its quote count.
    fn detail(&self, article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<PanelLine> {
        let Some(entity) = analysis_view.analysis.entities.get(index) else { return Vec::new() };
        let mut out = vec![head(entity)];
        let mut add = |text: &str| out.extend(wrapped(text, 3, width, Tint::Role(Role::Dim)));
        if let Some(role) = entity.role {
            add(&said(article, role));
        }
        if !entity.aliases.is_empty() {
            add(&format!("also {}", entity.aliases.join(", ")));
        }
        let peoples = peoples(&analysis_view.analysis.entities, index);
        if !peoples.is_empty() {
            add(&format!("related: {}", peoples.join(", ")));
        }
        let mentions = mentions(article, entity);
        if !mentions.is_empty() {
            add(&mentions);
        }
        let speaks = |quote: &&Quote| quote.speaker.as_ref().is_some_and(|speaker| speaker.entity == Some(index));
        let quotes = analysis_view.analysis.quotes.iter().filter(speaks).count();
        if quotes > 0 {
            add(&format!("quoted {}", times(quotes)));
        }
        out
    }

    fn heading(&self, analysis_view: &AnalysisView, order: Order, index: usize) -> Option<PanelLine> {
        let entity = analysis_view.analysis.entities.get(index).filter(|_| order == Order::Type)?;
        Some(line(format!(" {}", plural(entity.kind)), Role::Heading))
    }

    fn target(&self, analysis_view: &AnalysisView, index: usize) -> Option<Span> {
        analysis_view.analysis.entities.get(index).map(|entity| entity.canonical)
    }

    /// Returns only mentions by name, because there are too many pronouns and descriptions to step through.
    fn jump_targets(&self, analysis_view: &AnalysisView) -> Vec<(Span, usize)> {
        let all = &analysis_view.analysis.entities;
        let entities = all.iter().enumerate().map(|(index, entity)| (row_of(all, index), entity));
        let named = |mention: &&Mention| mention.kind == MentionKind::Name;
        entities
            .flat_map(|(index, entity)| entity.mentions.iter().filter(named).map(move |mention| (mention.span, index)))
            .collect()
    }

    fn describe(&self, analysis_view: &AnalysisView, index: usize) -> Option<String> {
        analysis_view
            .analysis
            .entities
            .get(index)
            .map(|entity| format!("{} ({})", entity.name, labels::entity_type(entity.kind.name())))
    }

    fn opens_mentions(&self) -> bool {
        true
    }

    fn click_order(&self) -> u8 {
        0
    }

    /// Marks the mention where each entity is introduced.
    fn marks(&self, analysis_view: &AnalysisView) -> Vec<Mark> {
        analysis_view.analysis.entities.iter().map(|entity| Mark::of(entity.canonical, Role::Name)).collect()
    }

    fn depth(&self) -> u8 {
        0
    }

    fn selected_marks(&self, analysis_view: &AnalysisView, selection: Selection, pronouns: bool) -> Vec<Mark> {
        let Some(entity) = analysis_view.analysis.entities.get(selection.index) else { return Vec::new() };
        let shown = |mention: &&Mention| pronouns || mention.kind == MentionKind::Name;
        let mentions = entity.mentions.iter().filter(shown).map(|mention| Mark::of(mention.span, Role::Mention));
        mentions.chain([Mark::of(selection.span, Role::Speaker)]).collect()
    }

    fn entities(&self, _analysis_view: &AnalysisView, index: usize) -> Vec<usize> {
        vec![index]
    }

    fn correctable_part(&self, _analysis_view: &AnalysisView, _index: usize) -> Option<CorrectablePart> {
        Some(CorrectablePart::SameAs)
    }

    fn layer(&self) -> Option<correction::Layer> {
        Some(correction::Layer::Entities)
    }
}

/// Returns the index of the entity whose row shows this one. A people is shown in the row of its country, if the story
/// names the country.
fn row_of(entities: &[Entity], index: usize) -> usize {
    entities.get(index).and_then(|entity| entity.demonym_of).filter(|place| *place < entities.len()).unwrap_or(index)
}

/// Returns the names of the peoples shown in the row of a place.
fn peoples(entities: &[Entity], place: usize) -> Vec<&str> {
    entities.iter().filter(|group| group.demonym_of == Some(place)).map(|group| group.name.as_str()).collect()
}

/// Formats an entity on one line: symbol, name, type and number of mentions by name.
pub(super) fn head(entity: &Entity) -> PanelLine {
    PanelLine {
        left: vec![
            (format!(" {} ", symbol(entity.kind)), Tint::Role(Role::Dim)),
            (entity.name.clone(), Tint::Role(Role::Text)),
        ],
        right: Some((format!("{} {}", label(entity.kind), entity.named()), Tint::Role(Role::Dim))),
    }
}

/// Returns a label for the type: short, but still a whole word.
fn label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "org",
        other => other.name(),
    }
}

/// Returns the heading above the entities of a type.
pub(super) const fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Organization => "Organisations",
        EntityKind::Place => "Places",
        EntityKind::Group => "Nationalities, religions and parties",
        EntityKind::Work => "Works",
        EntityKind::Other => "Other names",
    }
}

/// Returns a symbol for the type that needs no special font.
const fn symbol(kind: EntityKind) -> char {
    match kind {
        EntityKind::Person => '@',
        EntityKind::Organization => '#',
        EntityKind::Place => '^',
        EntityKind::Group => '&',
        EntityKind::Work => '"',
        EntityKind::Other => '*',
    }
}

/// Describes the mentions of an entity: how often it is named, and the other words used for it.
pub(super) fn mentions(article: &Article, entity: &Entity) -> String {
    // Omit the count for a name that occurs once: the row already shows it.
    let named = entity.named();
    let mut parts: Vec<String> = (named > 1).then(|| format!("mentioned {}", times(named))).into_iter().collect();
    let mut others: Vec<String> = Vec::new();
    for mention in entity.mentions.iter().filter(|mention| mention.kind != MentionKind::Name) {
        let words = quoted(article, mention.span);
        if !others.contains(&words) && others.len() < 4 {
            others.push(words);
        }
    }
    if !others.is_empty() {
        parts.push(others.join(", "));
    }
    parts.join(" · ")
}

fn quoted(article: &Article, span: Span) -> String {
    format!("“{}”", said(article, span).to_lowercase())
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Options as AnalysisOptions};

    #[test]
    fn a_people_is_in_the_row_of_its_country() {
        let text = "Norway cut its quota. Norwegian boats stayed in port, and the Norwegians were angry at Iceland.";
        let article = Article::verbatim("a", text);
        let view = AnalysisView::new(Analyzer::bundled().analyze(&article, &AnalysisOptions::default()));
        let names: Vec<&str> = view.analysis.entities.iter().map(|entity| entity.name.as_str()).collect();
        let group = view.analysis.entities.iter().position(|entity| entity.kind == EntityKind::Group).unwrap();
        let norway = names.iter().position(|name| *name == "Norway").unwrap();
        let rows = Entities.rows(&view, &Options::new(Order::Text));
        assert_eq!(rows.len(), names.len() - 1);
        assert_eq!((rows.len(), rows.contains(&group)), (Entities.count(&view), false));
        let row: String = Entities.brief(&article, &view, Order::Text, norway)[0]
            .left
            .iter()
            .map(|(words, _)| words.as_str())
            .collect();
        assert!(row.contains(names[group]), "{row}");
        let span = view.analysis.entities[group].mentions[0].span;
        assert!(Entities.jump_targets(&view).contains(&(span, norway)));
    }

    #[test]
    fn the_panel_has_all_names_of_the_bundled_stories() {
        let analyzer = Analyzer::bundled();
        for (name, bytes) in crate::tui::bundled::STORIES {
            for article in dateline_ingest::articles(name, bytes).unwrap() {
                let view = AnalysisView::new(analyzer.analyze(&article, &AnalysisOptions::default()));
                let entities = &view.analysis.entities;
                let rows = Entities.rows(&view, &Options::new(Order::Text));
                let mut shown: Vec<&str> = rows.iter().map(|row| entities[*row].name.as_str()).collect();
                shown.extend(rows.iter().flat_map(|row| peoples(entities, *row)));
                shown.sort_unstable();
                let mut names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
                names.sort_unstable();
                assert_eq!(shown, names, "{name}");
            }
        }
    }
}
