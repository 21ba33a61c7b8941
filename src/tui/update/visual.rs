//! Visual mode, in which the user selects words to copy, highlight or annotate with a note.

use super::{keeping, navigate, scroll};
use crate::tui::action::Action;
use crate::tui::cite::{self, Form};
use crate::tui::effect::Effect;
use crate::tui::highlight::{Highlight, HighlightKind};
use crate::tui::layout::Pane;
use crate::tui::state::State;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::search::Search;
use crate::tui::state::visual::{SelectionUnit, Visual, cluster_at, cluster_before, word_after, word_at, word_before};
use dateline_core::text::Span;

/// Enters visual mode. Initially, the current search match, flashed span or annotation is selected or, without one, the
/// first word in view.
pub(super) fn begin(state: &mut State, unit: SelectionUnit) {
    navigate::show_text(state);
    navigate::focus(state, Pane::Reading);
    let Some(article) = state.story().map(|story| story.article.clone()) else { return };
    let view = state.reading.in_view();
    let span = chosen(state).filter(|span| view.overlaps(*span)).or_else(|| word_at(&article.text, view.start));
    let Some(span) = span else {
        state.set_status("No words here");
        return;
    };
    state.layers.open(Visual::new(&article, span, unit));
    let [copy, cite, mark, end] =
        [Action::Yank, Action::YankCitation, Action::Important, Action::BackOut].map(|action| state.key(action));
    state.set_status(format!("Selecting · {copy} copy · {cite} cite · {mark} highlight · {end} cancel"));
}

/// Returns the span that is current outside visual mode: a search match, a flashed span or a selected annotation.
pub(super) fn chosen(state: &State) -> Option<Span> {
    let search = state.layers.get::<Search>().filter(|search| search.pane == Pane::Reading);
    let hit = search.and_then(crate::tui::state::search::Search::hit);
    hit.or(state.reading.flash).or_else(|| state.reading.selection.map(|selection| selection.span))
}

/// Handles an action in visual mode. Returns whether the action was handled.
pub(super) fn act(state: &mut State, action: Action, times: isize) -> bool {
    let Some(mut visual) = state.layers.take::<Visual>() else { return false };
    let Some(article) = state.story().map(|story| story.article.clone()) else { return false };
    let text = article.text.as_str();
    let cursor = visual.cursor();
    let each = |times: isize, mut at: usize, step: &dyn Fn(usize) -> Option<usize>| {
        for _ in 0..times {
            at = step(at).unwrap_or(at);
        }
        at
    };
    let height = state.reading.height as isize;
    let to = match action {
        Action::CursorRight => each(times, cursor.start, &|at| {
            let here = cluster_at(text, at)?;
            cluster_at(text, here.end).map(|next| next.start)
        }),
        Action::CursorLeft => each(times, cursor.start, &|at| cluster_before(text, at).map(|before| before.start)),
        Action::NextWord => each(times, cursor.start, &|at| word_after(text, at)),
        Action::PreviousWord => each(times, cursor.start, &|at| word_before(text, at)),
        Action::Down => rows(state, cursor.start, times),
        Action::Up => rows(state, cursor.start, -times),
        Action::HalfPageDown => rows(state, cursor.start, times * (height / 2).max(1)),
        Action::HalfPageUp => rows(state, cursor.start, -times * (height / 2).max(1)),
        Action::PageDown | Action::ReadOn => rows(state, cursor.start, times * height.max(1)),
        Action::PageUp => rows(state, cursor.start, -times * height.max(1)),
        Action::Top => 0,
        Action::Bottom => cluster_before(text, text.len()).map_or(0, |last| last.start),
        Action::NextSentence => near(&sentences(state), cursor.start, times),
        Action::PreviousSentence => near(&sentences(state), cursor.start, -times),
        Action::NextParagraph => {
            near(&article.blocks.iter().map(|block| block.span).collect::<Vec<_>>(), cursor.start, times)
        }
        Action::PreviousParagraph => {
            near(&article.blocks.iter().map(|block| block.span).collect::<Vec<_>>(), cursor.start, -times)
        }
        Action::OtherEnd => {
            visual.swap(&article);
            visual.cursor().start
        }
        Action::WholeWord | Action::WholeSentence | Action::WholeQuote | Action::WholeParagraph => {
            match whole(state, action, visual.span(&article)) {
                Some(span) => visual.grow(&article, span),
                None => state.set_status("No such text around the cursor"),
            }
            visual.cursor().start
        }
        Action::Select => {
            visual.unit = SelectionUnit::Character;
            cursor.start
        }
        Action::SelectParagraphs => {
            visual.unit = SelectionUnit::Paragraph;
            cursor.start
        }
        _ => {
            state.layers.put(visual);
            return false;
        }
    };
    visual.move_to(&article, to);
    state.reading.want(visual.cursor());
    state.layers.put(visual);
    true
}

/// Returns the byte offset in the same column `rows` rows down, or up if negative.
fn rows(state: &mut State, offset: usize, rows: isize) -> usize {
    let Some(article) = state.story().map(|story| story.article.clone()) else { return offset };
    let Some(page) = &mut state.reading.page else { return offset };
    page.byte_rows_from(offset, rows, &article.text).unwrap_or(offset)
}

fn sentences(state: &State) -> Vec<Span> {
    state.analysis_view().map(|analysis_view| analysis_view.analysis.sentences.clone()).unwrap_or_default()
}

/// Returns the start of the span `steps` spans after the one that contains an offset. Counts backwards if `steps` is
/// negative.
fn near(spans: &[Span], offset: usize, steps: isize) -> usize {
    let begun = spans.partition_point(|span| span.start <= offset) as isize - 1;
    // From the middle of a span, going back leads to its start first.
    let inside = usize::try_from(begun).ok().and_then(|index| spans.get(index)).is_some_and(|span| span.start < offset);
    let to = begun + steps + isize::from(inside && steps < 0);
    let last = spans.len().saturating_sub(1);
    spans.get(usize::try_from(to).unwrap_or(0).min(last)).map_or(offset, |span| span.start)
}

/// Extends a span to the whole words, sentences, quotes or paragraphs that it overlaps.
fn whole(state: &State, action: Action, span: Span) -> Option<Span> {
    let story = state.story()?;
    let around = |spans: &mut dyn Iterator<Item = Span>| spans.filter(|other| other.overlaps(span)).reduce(Span::join);
    let analysis = story.analysis_view.as_ref().map(|analysis_view| &analysis_view.analysis);
    match action {
        Action::WholeSentence => around(&mut analysis?.sentences.iter().copied()),
        Action::WholeQuote => around(&mut analysis?.quotes.iter().map(|quote| quote.span)),
        Action::WholeParagraph => around(&mut story.article.blocks.iter().map(|block| block.span)),
        _ => {
            let text = &story.article.text;
            let last = cluster_before(text, span.end).map_or(span.start, |last| last.start);
            Some(word_at(text, span.start)?.join(word_at(text, last)?))
        }
    }
}

/// Leaves visual mode. Returns the selected span or, without a selection, the current search match, flashed span or
/// annotation.
pub(super) fn taken(state: &mut State) -> Option<Span> {
    let selected = state.layers.take::<Visual>();
    let article = state.story().map(|story| story.article.clone())?;
    let span = selected.map(|visual| visual.span(&article)).or_else(|| chosen(state));
    if span.is_none() {
        let text = format!("Nothing selected · {} selects words", state.key(Action::Select));
        state.set_status(text);
    }
    span
}

/// Copies the selected words in the given form.
pub(super) fn yank(state: &mut State, form: Form, effects: &mut Vec<Effect>) {
    let Some(span) = taken(state) else { return };
    let Some(story) = state.story() else { return };
    effects.push(Effect::Copy { words: cite::words(story, span, form), form });
}

/// Copies the selected text and keeps the selection.
pub(super) fn copy_selected(state: &mut State, effects: &mut Vec<Effect>) {
    let (Some(story), Some(visual)) = (state.story(), state.layers.get::<Visual>()) else { return };
    let words = cite::words(story, visual.span(&story.article), Form::Text);
    effects.push(Effect::Copy { words, form: Form::Text });
}

/// Selects the text from the character at one byte offset to the character at another, inclusive. The second offset
/// is the moving end.
pub(super) fn select_between(state: &mut State, from: usize, to: usize) {
    let Some(article) = state.story().map(|story| story.article.clone()) else { return };
    let Some(first) = cluster_at(&article.text, from) else { return };
    let mut visual = Visual::new(&article, first, SelectionUnit::Character);
    visual.move_to(&article, to);
    state.layers.open(visual);
}

/// Selects and copies the word or paragraph at a byte offset of the text.
pub(super) fn copy_around(state: &mut State, offset: usize, unit: Action, effects: &mut Vec<Effect>) {
    let Some(article) = state.story().map(|story| story.article.clone()) else { return };
    let Some(span) = cluster_at(&article.text, offset).and_then(|at| whole(state, unit, at)) else { return };
    state.reading.select(None, None, None);
    state.layers.open(Visual::new(&article, span, SelectionUnit::Character));
    copy_selected(state, effects);
}

/// Highlights the selected words.
pub(super) fn highlight(state: &mut State, kind: HighlightKind, effects: &mut Vec<Effect>) {
    let Some(span) = taken(state) else { return };
    let before = all(state);
    if let Some(story) = state.story_mut() {
        story.opened_mut().highlights.put(span, kind);
    }
    keeping::highlights(state, before, effects);
    let note = state.key(Action::Note);
    state.reading.select(state.reading.selection, Some(span), state.analysis_view().cloned().as_deref());
    state.set_status(format!("Highlighted as {} · {note} adds a note", kind.name()));
}

/// Opens the prompt for a note on the selected words, or on a highlight that already exists there.
pub(super) fn ask_note(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(span) = taken(state) else { return };
    let before = all(state);
    let Some(story) = state.story_mut() else { return };
    let index = story
        .opened()
        .highlights
        .at(span)
        .unwrap_or_else(|| story.opened_mut().highlights.put(span, HighlightKind::Important));
    let text =
        story.opened().highlights.all().get(index).and_then(|highlight| highlight.note.clone()).unwrap_or_default();
    keeping::highlights(state, before, effects);
    // The prompt has only one line, so open longer notes in an editor.
    if text.contains('\n') {
        effects.push(Effect::EditNote { story: state.list.selected, index, note: text });
        return;
    }
    state.layers.open(Prompt { text, ..Prompt::new(Purpose::Note(index)) });
}

/// Opens the note being typed in the user's editor. The typed text is saved first, in case the editor fails.
pub(super) fn note_in_editor(state: &mut State, effects: &mut Vec<Effect>) {
    let is_note = |prompt: &Prompt| matches!(prompt.purpose, Purpose::Note(_));
    let Some(Prompt { purpose: Purpose::Note(index), text, .. }) =
        state.layers.get::<Prompt>().cloned().filter(is_note)
    else {
        return;
    };
    state.layers.close::<Prompt>();
    note(state, index, &text, effects);
    effects.push(Effect::EditNote { story: state.list.selected, index, note: text });
}

/// Stores a note written in the editor, unless another story has been opened since.
pub(super) fn edited(state: &mut State, story: usize, index: usize, note: &str, effects: &mut Vec<Effect>) {
    if state.list.selected == story {
        self::note(state, index, note, effects);
    }
}

/// Stores a note on a highlight.
pub(super) fn note(state: &mut State, index: usize, text: &str, effects: &mut Vec<Effect>) {
    let before = all(state);
    if let Some(story) = state.story_mut() {
        story.opened_mut().highlights.note(index, text);
    }
    keeping::highlights(state, before, effects);
    if state.story_mut().is_some_and(|story| std::mem::take(&mut story.opened_mut().just_kept)) {
        keeping::report_kept(state, Some("Saved the note"), true);
        return;
    }
    let list = state.key(Action::Highlights);
    state.set_status(format!("Saved the note · {list} lists highlights and notes"));
}

/// Removes the highlight that overlaps the selected words.
pub(super) fn unhighlight(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(span) = taken(state) else { return };
    match state.story().and_then(|story| story.opened().highlights.at(span)) {
        Some(index) => remove(state, index, effects),
        None => state.set_status("No highlight here"),
    }
}

/// Removes the highlight with this index.
pub(super) fn remove(state: &mut State, index: usize, effects: &mut Vec<Effect>) {
    let before = all(state);
    if state.story_mut().and_then(|story| story.opened_mut().highlights.remove(index)).is_some() {
        keeping::highlights(state, before, effects);
        state.set_status("Removed the highlight");
    }
}

/// Returns all highlights of the open story.
fn all(state: &State) -> Vec<Highlight> {
    state.story().map(|story| story.opened().highlights.all().to_vec()).unwrap_or_default()
}

/// Goes to the next or previous highlight.
pub(super) fn step(state: &mut State, steps: isize) {
    navigate::show_text(state);
    let Some(story) = state.story() else { return };
    let spans: Vec<Span> = story.opened().highlights.all().iter().map(|highlight| highlight.span).collect();
    let view = state.reading.in_view();
    let flash = state.reading.flash.filter(|flash| view.overlaps(*flash));
    let here = flash.map_or(view.start, |flash| flash.start);
    let index = if steps > 0 {
        spans.partition_point(|span| if flash.is_some() { span.start <= here } else { span.start < here }) as isize
            + steps
            - 1
    } else {
        spans.partition_point(|span| span.start < here) as isize + steps
    };
    match usize::try_from(index).ok().and_then(|index| spans.get(index).map(|span| (index, *span))) {
        Some((index, span)) => {
            navigate::remember(state);
            scroll::light(state, span);
            let note = state.story().and_then(|story| story.opened().highlights.all().get(index)?.note.clone());
            let note = note.map(|note| format!(" · {note}")).unwrap_or_default();
            state.set_status(format!("highlight {} of {}{note}", index + 1, spans.len()));
        }
        None if spans.is_empty() => state.set_status("No highlights in this story"),
        None => state.set_status("No more highlights"),
    }
}
