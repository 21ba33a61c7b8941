//! Following links: inside the reader where the story is in the list; else told first, then opened.

use super::{jump, panes, scroll, stories};
use crate::text::Span;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::link;
use crate::tui::state::State;

/// Goes to the next or previous link.
pub fn walk(state: &mut State, steps: isize) {
    panes::show_text(state);
    let Some(story) = state.story() else { return };
    let spans: Vec<Span> = story.article.links.iter().map(|link| link.span).collect();
    let view = state.reading.in_view();
    let lit = state.reading.lit.filter(|lit| view.overlaps(*lit));
    let here = lit.map_or(view.start, |lit| lit.start);
    let passed =
        spans.partition_point(|span| if lit.is_some() && steps > 0 { span.start <= here } else { span.start < here });
    let index = passed as isize + steps - isize::from(steps > 0);
    match usize::try_from(index).ok().filter(|&index| index < spans.len()) {
        Some(index) => light(state, index),
        None if spans.is_empty() => state.say("No link in this story"),
        None => state.say("No further link"),
    }
}

/// Lights a link and tells where it leads.
pub fn light(state: &mut State, index: usize) {
    let Some(link) = state.story().and_then(|story| story.article.links.get(index).cloned()) else { return };
    scroll::light(state, link.span);
    let follow = state.key(Action::Follow);
    state.say(format!("{} · {follow} follows", link::told(&link.url)));
}

/// Follows the link that is lit, or the first in view.
#[allow(clippy::needless_pass_by_value, reason = "an offer is taken up or gone")]
pub fn follow(state: &mut State, offered: Option<String>, effects: &mut Vec<Effect>) {
    if state.focus != Pane::Reading {
        return;
    }
    let Some(story) = state.story() else { return };
    let links = &story.article.links;
    let view = state.reading.in_view();
    let lit = state.reading.lit.and_then(|lit| links.iter().position(|link| link.span == lit));
    let index = lit.or_else(|| links.iter().position(|link| view.overlaps(link.span)));
    let Some(link) = index.and_then(|index| links.get(index)).cloned() else {
        state.say("No link here");
        return;
    };
    let told =
        |other: &crate::tui::story::Story| other.article.url.as_deref().is_some_and(|url| link::same(url, &link.url));
    if let Some(number) = state.stories.iter().position(told) {
        jump::remember(state);
        stories::go(state, number);
        let text = format!("{} goes back", state.key(Action::Back));
        state.say(text);
    } else if offered.as_deref() == Some(&link.url) {
        effects.push(Effect::OpenLink(link.url));
    } else {
        let findings = state.findings().cloned();
        state.reading.select(state.reading.selection, Some(link.span), findings.as_deref());
        let again = state.key(Action::Follow);
        if link::address(&link.url).is_some() {
            state.say(format!("{} · {again} again opens it outside", link::told(&link.url)));
            state.offered = Some(link.url);
        } else {
            state.say(link::told(&link.url));
        }
    }
}
