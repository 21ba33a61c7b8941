//! Maps actions to functions, with one match arm per action.

use super::{
    bulk, card, correct, filter, find, happening, jump, keeping, layers, library, links, listing, looks, marks, order,
    panes, pick, picker, pipe, popup, profile, prompt, query, scroll, stories, undo, views, visual,
};
use crate::tui::action::Action;
use crate::tui::cite::Form;
use crate::tui::effect::Effect;
use crate::tui::highlight::HighlightKind;
use crate::tui::state::layers::Help;
use crate::tui::state::picker::Picker;
use crate::tui::state::popup::PopupKind;
use crate::tui::state::visual::SelectionUnit;
use crate::tui::state::{Awaiting, BulkRead, State};
use dateline_library::Direction;

#[expect(clippy::too_many_lines, reason = "one arm an action")]
/// Runs an action, repeated `count` times if repetition makes sense.
pub(super) fn act(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let times = count.unwrap_or(1) as isize;
    // The URL shown by the previous key press is opened only if this key press confirms it.
    let offered = state.offered.take();
    if layers::act(state, action, times, offered.as_deref(), effects) {
        return;
    }
    if action.needs_story() && state.story().is_none() {
        return listing::no_story(state);
    }
    match action {
        Action::Open => panes::open(state),
        Action::NextStory => panes::next_story(state, times),
        Action::PreviousStory => panes::next_story(state, -times),
        Action::ReadOn => scroll::read_on(state),
        Action::NextPane => panes::cycle(state, 1),
        Action::PreviousPane => panes::cycle(state, -1),
        Action::Filter => filter::begin(state),
        Action::GoTo => pick::open_targets(state, effects),
        Action::Toggle(kind) => panes::toggle(state, kind),
        Action::Down => scroll::by_rows(state, times),
        Action::Up => scroll::by_rows(state, -times),
        Action::HalfPageDown => scroll::by_pages(state, times, 2),
        Action::HalfPageUp => scroll::by_pages(state, -times, 2),
        Action::PageDown => scroll::by_pages(state, times, 1),
        Action::PageUp => scroll::by_pages(state, -times, 1),
        Action::Top => scroll::to_end(state, false),
        Action::Bottom => scroll::to_end(state, true),
        Action::NextParagraph => scroll::by_blocks(state, times, false),
        Action::PreviousParagraph => scroll::by_blocks(state, -times, false),
        Action::NextHeading => scroll::by_blocks(state, times, true),
        Action::PreviousHeading => scroll::by_blocks(state, -times, true),
        Action::NextSentence => scroll::by_sentences(state, times),
        Action::PreviousSentence => scroll::by_sentences(state, -times),
        Action::Back => jump::back(state),
        Action::Forward => jump::forward(state),
        Action::Next(kind) => jump::step(state, kind, times),
        Action::Previous(kind) => jump::step(state, kind, -times),
        Action::Speaker => jump::to_speaker(state),
        Action::OnlySpeaker => panes::only_speaker(state),
        Action::CycleQuoteFilter => panes::cycle_quote_filter(state),
        Action::Reorder => panes::reorder(state),
        Action::Card => card::show(state, effects),
        Action::Suggestions => profile::ask_suggestions(state, effects),
        Action::Pronouns => panes::pronouns(state),
        Action::Undated => panes::undated(state),
        Action::Correct => correct::begin(state),
        Action::Split => correct::split(state, effects),
        Action::Dismiss => correct::dismiss(state, effects),
        Action::Undo => undo::begin(state, Direction::Undo, effects),
        Action::Redo => undo::begin(state, Direction::Redo, effects),
        Action::SetDate => prompt::ask_date(state),
        Action::ResolveDates => panes::resolve_dates(state),
        Action::Find => query::ask(state),
        Action::NextList => library::next_list(state),
        Action::Everywhere => profile::ask(state, effects),
        Action::Sources => views::ask(state, effects),
        Action::SaveView => views::ask_view_name(state),
        Action::NextUnread => stories::next_unread(state, times),
        Action::Versions => library::versions(state, effects),
        Action::Differences => happening::compare(state, effects),
        Action::Unfold => happening::unfold(state, effects),
        Action::SplitStory => happening::split(state, effects),
        Action::MergeStory => happening::ask_merge(state),
        Action::NextNew => happening::step(state, times),
        Action::PreviousNew => happening::step(state, -times),
        Action::Fetch => views::fetch(state, effects),
        Action::Older => query::recall(state, true, effects),
        Action::Newer => query::recall(state, false, effects),
        Action::Star => library::star(state, effects),
        Action::Archive => library::archive(state, effects),
        Action::Bin => library::bin(state, effects),
        Action::Unread => library::unread(state, effects),
        Action::Tag => library::ask_tag(state),
        Action::Sort => order::cycle(state),
        Action::ReadAll => bulk::begin(state, BulkRead::All, effects),
        Action::ReadAbove => bulk::begin(state, BulkRead::Above, effects),
        Action::Keep => keeping::keep(state, effects),
        Action::Search => find::begin(state, false),
        Action::SearchBack => find::begin(state, true),
        Action::SearchRegex => find::toggle_regex(state),
        Action::NextMatch => find::step(state, times),
        Action::PreviousMatch => find::step(state, -times),
        Action::Wider => looks::change_measure(state, true),
        Action::Narrower => looks::change_measure(state, false),
        Action::Select => visual::begin(state, SelectionUnit::Character),
        Action::SelectParagraphs => visual::begin(state, SelectionUnit::Paragraph),
        // These actions need a row of a page or a selection in the text. Here, there is neither.
        Action::AddFeed
        | Action::Remove
        | Action::Rename
        | Action::FullText
        | Action::MoveUp
        | Action::MoveDown
        | Action::CursorLeft
        | Action::CursorRight
        | Action::NextWord
        | Action::PreviousWord
        | Action::WholeWord
        | Action::WholeSentence
        | Action::WholeQuote
        | Action::WholeParagraph
        | Action::OtherEnd => {}
        Action::Yank => visual::yank(state, Form::Text, effects),
        Action::YankCitation => visual::yank(state, Form::Citation, effects),
        Action::YankMarkdown => visual::yank(state, Form::Markdown, effects),
        Action::Important => visual::highlight(state, HighlightKind::Important, effects),
        Action::Doubtful => visual::highlight(state, HighlightKind::Doubtful, effects),
        Action::FollowUp => visual::highlight(state, HighlightKind::FollowUp, effects),
        Action::Wording => visual::highlight(state, HighlightKind::Wording, effects),
        Action::Note => visual::ask_note(state, effects),
        Action::Unhighlight => visual::unhighlight(state, effects),
        Action::NextHighlight => visual::step(state, times),
        Action::PreviousHighlight => visual::step(state, -times),
        Action::Highlights => popup::open(state, PopupKind::Highlights),
        Action::Outline => popup::open(state, PopupKind::Outline),
        Action::Encoding => pick::encodings(state),
        Action::Notes => popup::open(state, PopupKind::Notes),
        Action::NextLink => links::step(state, times),
        Action::PreviousLink => links::step(state, -times),
        Action::Follow => links::follow(state, offered, effects),
        Action::Links => popup::open(state, PopupKind::Links),
        Action::Pipe => pipe::ask(state),
        Action::YankAddress => links::copy_address(state, effects),
        Action::SetMark => marks::ask(state, Awaiting::SetMark),
        Action::GoToMark => marks::ask(state, Awaiting::GoToMark),
        Action::CompactList => looks::compact_list(state),
        Action::Zen => looks::zen(state),
        Action::PlainText => looks::plain_text(state),
        Action::Align => looks::align(state),
        Action::Justify => looks::change(state, |setting| setting.justified = !setting.justified),
        Action::Hyphenate => looks::change(state, |setting| setting.hyphenated = !setting.hyphenated),
        Action::Indent => looks::change(state, |setting| setting.indented = !setting.indented),
        Action::LeftOut => panes::left_out(state),
        Action::CycleTheme => looks::cycle_theme(state),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Commands => pick::commands(state),
        Action::Help => state.layers.open(Help::default()),
        Action::BackOut => panes::back_out(state, effects),
        Action::Leave => panes::leave(state),
        Action::Quit => keeping::quit(state),
        Action::Accept => {
            if let Some(chosen) = prompt::accept(state, effects) {
                act(state, chosen, None, effects);
            }
        }
        Action::Complete if state.layers.has::<Picker>() => picker::complete(state),
        Action::Complete => query::complete(state, effects),
        Action::DeleteBack => prompt::edit(state, effects, crate::tui::state::prompt::Prompt::delete_back),
        Action::DeleteWord => prompt::edit(state, effects, crate::tui::state::prompt::Prompt::delete_word),
        Action::Editor => visual::note_in_editor(state, effects),
        Action::DeleteAll => prompt::edit(state, effects, crate::tui::state::prompt::Prompt::clear),
        Action::ExtendText => prompt::extend(state),
    }
}
