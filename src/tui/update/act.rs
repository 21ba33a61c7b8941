//! Each action, one arm.

use super::{find, jump, panes, prompt, scroll};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Kind;
use crate::tui::state::State;

/// Does what a key asked for, `count` times where that makes sense.
pub fn act(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let times = count.unwrap_or(1) as isize;
    match action {
        Action::Open => panes::open(state),
        Action::NextStory => panes::next_story(state, times),
        Action::PreviousStory => panes::next_story(state, -times),
        Action::ReadOn => scroll::read_on(state),
        Action::NextPane => panes::cycle(state, 1),
        Action::PreviousPane => panes::cycle(state, -1),
        Action::ToggleQuotes => panes::toggle(state, Kind::Quotes),
        Action::ToggleEntities => panes::toggle(state, Kind::Entities),
        Action::ToggleTimeline => panes::toggle(state, Kind::Timeline),
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
        Action::NextQuote => jump::walk(state, Kind::Quotes, times),
        Action::PreviousQuote => jump::walk(state, Kind::Quotes, -times),
        Action::NextEntity => jump::walk(state, Kind::Entities, times),
        Action::PreviousEntity => jump::walk(state, Kind::Entities, -times),
        Action::NextEvent => jump::walk(state, Kind::Timeline, times),
        Action::PreviousEvent => jump::walk(state, Kind::Timeline, -times),
        Action::Speaker => jump::to_speaker(state),
        Action::OnlySpeaker => panes::only_speaker(state),
        Action::Manner => panes::manner(state),
        Action::Reorder => panes::reorder(state),
        Action::SetDate => prompt::ask_date(state),
        Action::ResolveDates => panes::resolve_dates(state),
        Action::Search => find::begin(state),
        Action::NextMatch => find::step(state, times),
        Action::PreviousMatch => find::step(state, -times),
        Action::Wider => panes::change_measure(state, true),
        Action::Narrower => panes::change_measure(state, false),
        Action::LeftOut => panes::left_out(state),
        Action::CycleTheme => panes::cycle_theme(state),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Help => state.help = Some(0),
        Action::BackOut => panes::back_out(state),
        Action::Quit => state.running = false,
        Action::Accept => prompt::accept(state),
        Action::DeleteBack => prompt::edit(state, crate::tui::state::prompt::Prompt::delete_back),
        Action::DeleteWord => prompt::edit(state, crate::tui::state::prompt::Prompt::delete_word),
        Action::DeleteAll => prompt::edit(state, |prompt| prompt.text.clear()),
    }
}
