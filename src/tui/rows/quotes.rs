//! Rows of the quotes panel: the quoted words below the name of the speaker, and whether they are reported indirectly
//! or doubtful.

use super::{CorrectablePart, Options, Order, PanelLine, PanelRows, elsewhere, said, wrapped};
use crate::tui::action::Action;
use crate::tui::analysis_view::{AnalysisView, Selection, speaker_letter};
use crate::tui::happening::SharedRow;
use crate::tui::labels;
use crate::tui::mark::{Mark, Tint};
use crate::tui::panels::PanelKind;
use crate::tui::theme::Role;
use dateline_analysis::{Polarity, Quote, QuoteKind, Speaker, correction};
use dateline_core::article::Article;
use dateline_core::text::Span;

/// Minimum confidence of a quote that is shown without a question mark. Below it, one quote in four is wrong.
const MIN_SURE_CONFIDENCE: f32 = 0.75;

/// Reason that the analysis gives for a speaker set by the user.
const CORRECTED: &str = "corrected by hand";

const KIND: PanelKind = PanelKind::Quotes;

/// Implementation of the quotes panel.
pub(super) struct Quotes;

impl PanelRows for Quotes {
    fn name(&self) -> &'static str {
        "Quotes"
    }

    fn noun(&self) -> &'static str {
        "quote"
    }

    fn empty(&self, total: usize) -> &'static str {
        if total > 0 { "No quotes of this kind." } else { "No quotes found." }
    }

    fn count(&self, analysis_view: &AnalysisView) -> usize {
        analysis_view.analysis.quotes.len()
    }

    fn orders(&self) -> &'static [Order] {
        &[Order::Text, Order::Speaker]
    }

    fn rows(&self, analysis_view: &AnalysisView, options: &Options) -> Vec<usize> {
        let quotes = analysis_view.analysis.quotes.iter().enumerate();
        let shown = quotes.filter(|(index, quote)| {
            options.quote_filter.shows(quote.kind)
                && (options.only.is_none() || analysis_view.speaker_index(*index) == options.only)
        });
        let mut rows: Vec<usize> = shown.map(|(index, _)| index).collect();
        if options.order == Order::Speaker {
            rows.sort_by_key(|&index| analysis_view.speaker_index(index).unwrap_or(usize::MAX));
        }
        if options.only.is_none() {
            let kind = |row: &SharedRow| if row.reported { QuoteKind::Indirect } else { QuoteKind::Direct };
            let shows = |row: &SharedRow| options.quote_filter.shows(kind(row));
            rows.extend(elsewhere::indices(analysis_view, KIND, self.count(analysis_view), shows));
        }
        rows
    }

    fn height(&self, _order: Order) -> usize {
        // A row needs only the words, since the heading names the speaker.
        1
    }

    fn brief(&self, article: &Article, analysis_view: &AnalysisView, _order: Order, index: usize) -> Vec<PanelLine> {
        let Some(quote) = analysis_view.analysis.quotes.get(index) else {
            return elsewhere::brief(analysis_view, KIND, index);
        };
        let text = format!("   {}", words(article, quote));
        let right = match (reporting(quote), elsewhere::count(analysis_view, KIND, quote.span)) {
            (Some((how, tint)), Some(others)) => Some((format!("{how} {others}"), tint)),
            (how, others) => how.or_else(|| Some((others?, Tint::Role(Role::Dim)))),
        };
        vec![PanelLine { left: vec![(text, Tint::Role(Role::Text))], right }]
    }

    /// Formats the speaker's role and all the words of a quote. If the speaker is doubtful, also formats the evidence.
    fn detail(&self, article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<PanelLine> {
        let Some(quote) = analysis_view.analysis.quotes.get(index) else {
            return elsewhere::detail(analysis_view, KIND, index, width);
        };
        let mut out = Vec::new();
        let role = quote.speaker.as_ref().and_then(|speaker| speaker.role);
        if let Some(role) = role {
            out.extend(wrapped(&said(article, role), 3, width, Tint::Role(Role::Dim)));
        }
        out.extend(wrapped(&words(article, quote), 3, width, Tint::Role(Role::Text)));
        if quote.why == CORRECTED {
            out.extend(wrapped(CORRECTED, 3, width, Tint::Role(Role::Dim)));
        }
        if let Some(doubt) = doubt(article, quote) {
            out.extend(wrapped(&doubt, 3, width, Tint::Role(Role::Unsure)));
        }
        out.extend(elsewhere::outlets(analysis_view, KIND, quote.span, width));
        out
    }

    /// Returns the speaker as the heading above consecutive quotes.
    fn heading(&self, analysis_view: &AnalysisView, _order: Order, index: usize) -> Option<PanelLine> {
        let Some(quote) = analysis_view.analysis.quotes.get(index) else {
            return elsewhere::heading(analysis_view, KIND, index);
        };
        Some(PanelLine { left: name(analysis_view, quote, index), right: None })
    }

    /// Returns the notes on the analysis, such as why a story in another language has no speakers.
    fn header(
        &self,
        _article: &Article,
        analysis_view: &AnalysisView,
        _selected: Option<usize>,
        size: (usize, usize),
    ) -> Vec<PanelLine> {
        let notes = analysis_view.analysis.notes();
        notes.iter().flat_map(|note| wrapped(note, 1, size.0, Tint::Role(Role::Unsure))).collect()
    }

    fn target(&self, analysis_view: &AnalysisView, index: usize) -> Option<Span> {
        analysis_view.analysis.quotes.get(index).map(|quote| quote.span)
    }

    fn describe(&self, analysis_view: &AnalysisView, index: usize) -> Option<String> {
        let lent = analysis_view.analysis.quotes.get(index).and_then(|quote| lent(analysis_view, quote));
        lent.map(|(name, outlet)| format!("{name}, from {outlet}"))
            .or_else(|| speaker(analysis_view, index).map(|speaker| speaker.name.clone()))
    }

    fn hint(&self) -> Option<(Action, &'static str)> {
        Some((Action::Speaker, "who is this?"))
    }

    fn click_order(&self) -> u8 {
        1
    }

    /// Marks words in quotation marks in the speaker's colour. Indirect quotes keep the normal text colour.
    fn marks(&self, analysis_view: &AnalysisView) -> Vec<Mark> {
        let quotes = analysis_view.analysis.quotes.iter().enumerate();
        let marked = quotes.filter(|(_, quote)| quote.kind != QuoteKind::Indirect);
        let mark = |(index, quote): (usize, &Quote)| {
            Some(Mark { span: quote.span, tint: Tint::Speaker(analysis_view.speaker_index(index)?) })
        };
        marked.filter_map(mark).collect()
    }

    fn depth(&self) -> u8 {
        2
    }

    fn selected_marks(&self, analysis_view: &AnalysisView, selection: Selection, _pronouns: bool) -> Vec<Mark> {
        let Some(quote) = analysis_view.analysis.quotes.get(selection.index) else { return Vec::new() };
        let words = Mark::of(quote.span, Role::Quoted);
        let cue = quote.cue.map(|cue| Mark::of(cue, Role::Cue));
        let speaker = quote.speaker.as_ref().map(|speaker| Mark::of(speaker.mention, Role::Speaker));
        [Some(words), cue, speaker].into_iter().flatten().collect()
    }

    fn entities(&self, analysis_view: &AnalysisView, index: usize) -> Vec<usize> {
        speaker(analysis_view, index).and_then(|speaker| speaker.entity).into_iter().collect()
    }

    fn unlisted_speaker(&self, analysis_view: &AnalysisView, index: usize) -> Option<String> {
        let unlisted = speaker(analysis_view, index).filter(|speaker| speaker.entity.is_none());
        unlisted.map(|speaker| speaker.name.clone()).or_else(|| elsewhere::title(analysis_view, KIND, index))
    }

    fn correctable_part(&self, analysis_view: &AnalysisView, index: usize) -> Option<CorrectablePart> {
        (index < self.count(analysis_view)).then_some(CorrectablePart::Speaker)
    }

    fn layer(&self) -> Option<correction::Layer> {
        Some(correction::Layer::Quotes)
    }
}

/// Returns the speaker of the quote with this index, if known.
fn speaker(analysis_view: &AnalysisView, index: usize) -> Option<&Speaker> {
    analysis_view.analysis.quotes.get(index)?.speaker.as_ref()
}

/// Returns the name of a speaker of whom only another version is sure, and its outlet.
fn lent<'a>(analysis_view: &'a AnalysisView, quote: &Quote) -> Option<(&'a str, &'a str)> {
    analysis_view.happening.as_ref()?.happening.lent(quote.span).filter(|_| quote.why != CORRECTED)
}

/// Formats the speaker's letter and name. The name of a speaker of whom only another version is sure comes with its
/// outlet.
fn name(analysis_view: &AnalysisView, quote: &Quote, index: usize) -> Vec<(String, Tint)> {
    if let Some((name, outlet)) = lent(analysis_view, quote) {
        let unsure = Tint::Role(Role::Unsure);
        let source = (format!(" from {outlet}"), Tint::Role(Role::Dim));
        return vec![(" ? ".to_owned(), unsure), (name.to_owned(), unsure), source];
    }
    let speaker_index = analysis_view.speaker_index(index);
    let tint = speaker_index.map_or(Tint::Role(Role::Unsure), Tint::Speaker);
    let mark = speaker_index.map_or('?', speaker_letter);
    let name = quote.speaker.as_ref().map_or("unattributed", |speaker| speaker.name.as_str());
    vec![(format!(" {mark} "), tint), (name.to_owned(), tint)]
}

/// Formats labels for a quote: its form, its polarity if the speaker did not really say it, and whether it is doubtful.
/// Returns `None` for certain direct speech, which can be recognised by its quotation marks.
fn reporting(quote: &Quote) -> Option<(String, Tint)> {
    let is_sure = quote.confidence >= MIN_SURE_CONFIDENCE;
    let how = match quote.kind {
        QuoteKind::Direct => None,
        QuoteKind::Mixed => Some("partly quoted"),
        QuoteKind::Indirect => Some("reported"),
    };
    // Show "denied" instead of "reported": a narrow panel has room for only one word.
    let how = not_said(quote).or(how);
    let right = [how, (!is_sure).then_some("?")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let plain = is_sure && quote.polarity == Polarity::Said;
    (!right.is_empty()).then_some((right, Tint::Role(if plain { Role::Dim } else { Role::Unsure })))
}

/// Returns the word for the polarity of a quote that the speaker did not say, such as "denied".
pub(super) fn not_said(quote: &Quote) -> Option<&'static str> {
    (quote.polarity != Polarity::Said).then(|| labels::polarity(quote.polarity))
}

/// Formats the words of a quote, without the comma before the reporting clause. They are in quotation marks unless the
/// quote is indirect.
pub(super) fn words(article: &Article, quote: &Quote) -> String {
    let words = said(article, quote.span);
    let words = words.trim_end_matches(',');
    if quote.kind == QuoteKind::Indirect { words.to_owned() } else { format!("“{words}”") }
}

/// Formats the evidence for a doubtful speaker: the mention of the speaker and the reporting verb.
fn doubt(article: &Article, quote: &Quote) -> Option<String> {
    if quote.confidence >= MIN_SURE_CONFIDENCE {
        return None;
    }
    let mention = quote.speaker.as_ref().map(|speaker| said(article, speaker.mention));
    let cue = quote.cue.map(|cue| said(article, cue));
    let evidence: Vec<String> = [mention, cue].into_iter().flatten().map(|words| format!("“{words}”")).collect();
    Some(format!("? {}", evidence.join(" · "))).filter(|_| !evidence.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::happening::{Happening, HappeningView, SharedRows, VersionSummary};
    use std::sync::Arc;

    #[test]
    fn a_story_in_another_language_says_so_above_the_rows() {
        let header = |languages: &[&str]| {
            let quotes_only = languages.iter().map(|&language| language.to_owned()).collect();
            let analysis = dateline_analysis::Analysis { quotes_only, ..Default::default() };
            Quotes.header(&Article::default(), &AnalysisView::new(analysis), None, (40, 10))
        };
        assert!(header(&[]).is_empty());
        assert_eq!(header(&["German"])[0].left[0].0.trim(), "quotes only: German");
    }

    #[test]
    fn a_doubtful_speaker_is_taken_from_a_version_that_is_sure() {
        let (span, other) = (Span::new(0, 8), Span::new(3, 11));
        let quote = |why: &'static str| Quote {
            span,
            kind: QuoteKind::Direct,
            cue: None,
            speaker: None,
            polarity: Polarity::Said,
            confidence: 0.4,
            why: why.into(),
        };
        let version = |outlet: &str| VersionSummary { outlet: outlet.to_owned(), id: 5, ..VersionSummary::default() };
        let lent = Some(("Mara Odell".to_owned(), 1));
        let own = SharedRow { places: vec![(1, other)], lent, ..SharedRow::default() };
        let title = "Ivo Lenz".to_owned();
        let elsewhere =
            SharedRow { places: vec![(1, other)], title, words: "“No.”".to_owned(), ..SharedRow::default() };
        let happening = Happening {
            versions: vec![version("Vale Echo"), version("Harbour Post")],
            quotes: SharedRows { own: vec![(span, own)], elsewhere: vec![elsewhere] },
            ..Happening::default()
        };
        let article = Article::verbatim("a", "We knew.");
        let view = |why: &'static str| {
            let analysis = dateline_analysis::Analysis { quotes: vec![quote(why)], ..Default::default() };
            let mut view = AnalysisView::new(analysis);
            view.happening = Some(Arc::new(HappeningView::new(happening.clone(), "")));
            view
        };
        let text = |lines: &[PanelLine]| -> String {
            let pieces = lines.iter().flat_map(|line| line.left.iter().chain(&line.right));
            pieces.map(|(piece, _)| piece.as_str()).collect()
        };
        let found = view("");
        let heading = text(Quotes.heading(&found, Order::Text, 0).as_slice());
        assert_eq!(heading, " ? Mara Odell from Harbour Post");
        assert_eq!(Quotes.describe(&found, 0).unwrap(), "Mara Odell, from Harbour Post");
        assert_eq!(text(Quotes.heading(&view(CORRECTED), Order::Text, 0).as_slice()), " ? unattributed");
        assert!(text(&Quotes.brief(&article, &found, Order::Text, 0)).ends_with("? +1"));
        assert!(text(&Quotes.detail(&article, &found, 0, 60)).ends_with("also in Harbour Post"));
        // The rows of other versions follow.
        assert_eq!(Quotes.rows(&found, &Options::new(Order::Text)), [0, 1]);
        assert_eq!(text(Quotes.heading(&found, Order::Text, 1).as_slice()), " In Harbour Post: Ivo Lenz");
        assert_eq!(text(&Quotes.brief(&article, &found, Order::Text, 1)), "   “No.”");
        assert_eq!(elsewhere::target(&found, KIND, 1), Some((5, other)));
        assert_eq!(Quotes.unlisted_speaker(&found, 1).as_deref(), Some("Ivo Lenz"));
        assert_eq!((elsewhere::target(&found, KIND, 0), Quotes.correctable_part(&found, 1)), (None, None));
    }

    #[test]
    fn what_was_not_said_is_marked() {
        let quote = |polarity, confidence| Quote {
            span: Span::default(),
            kind: QuoteKind::Indirect,
            cue: None,
            speaker: None,
            polarity,
            confidence,
            why: "".into(),
        };
        assert_eq!(reporting(&quote(Polarity::Said, 0.9)), Some(("reported".to_owned(), Tint::Role(Role::Dim))));
        assert_eq!(reporting(&quote(Polarity::Denied, 0.9)), Some(("denied".to_owned(), Tint::Role(Role::Unsure))));
        assert_eq!(
            reporting(&quote(Polarity::Unreal, 0.1)),
            Some(("hypothetical ?".to_owned(), Tint::Role(Role::Unsure)))
        );
    }
}
