//! Pipes the story, the selection or the marked quote to a command typed by the user, and shows the command's output.

use super::{navigate, visual};
use crate::tui::cite::{self, Form};
use crate::tui::effect::Effect;
use crate::tui::link;
use crate::tui::overlays::counted;
use crate::tui::pipe::{PipeJob, PipeOutput};
use crate::tui::state::State;
use crate::tui::state::overlay::{Overlay, OverlayRow, RowTarget, Subject};
use crate::tui::state::prompt::{PipeSource, Prompt, Purpose};
use crate::tui::state::visual::Visual;
use dateline_core::text::clean;
use std::sync::Arc;

/// Prefix of a command that runs on the terminal. The output of other commands is captured.
const ON_TERMINAL: char = '!';

/// Prompts for the command, with the last one filled in.
pub(super) fn ask(state: &mut State) {
    if state.story().is_some_and(|story| story.article.text.is_empty()) {
        state.set_status("This story has no text yet");
        return;
    }
    let source = match (state.layers.has::<Visual>(), visual::chosen(state)) {
        (true, _) => PipeSource::Selection,
        (false, Some(_)) => PipeSource::Marked,
        (false, None) => PipeSource::Story,
    };
    state.layers.open(Prompt::prefilled(Purpose::Pipe(source), state.piped_to.clone()));
}

/// Runs the typed command on the text from `source`.
pub(super) fn accept(state: &mut State, source: PipeSource, typed: &str, effects: &mut Vec<Effect>) {
    let typed = typed.trim();
    if typed.is_empty() {
        return;
    }
    typed.clone_into(&mut state.piped_to);
    let span = match source {
        PipeSource::Story => None,
        PipeSource::Selection | PipeSource::Marked => visual::taken(state),
    };
    let Some(story) = state.story() else { return };
    let words = match span {
        Some(span) => cite::words(story, span, Form::Text),
        None => lines(&story.article.text),
    };
    let (on_terminal, command) = match typed.strip_prefix(ON_TERMINAL) {
        Some(command) => (true, command.trim_start()),
        None => (false, typed),
    };
    let job = PipeJob {
        command: command.to_owned(),
        words: words + "\n",
        title: story.title().to_owned(),
        url: story.article.url.as_deref().and_then(link::address).unwrap_or_default(),
    };
    state.set_status(format!("Piping {} characters to {command} …", job.words.trim_end().chars().count()));
    effects.push(if on_terminal { Effect::PipeOnTerminal(job) } else { Effect::Pipe(job) });
}

/// Cleans the text of a whole story, but keeps the lines and columns of its tables and listings.
fn lines(text: &str) -> String {
    let columns = |line: &str| line.split('\t').map(|column| clean(column).to_string()).collect::<Vec<_>>().join("\t");
    text.lines().map(columns).collect::<Vec<_>>().join("\n")
}

/// Shows the output of a command. If there is none, reports only how the command ended.
pub(super) fn show(state: &mut State, command: &str, output: PipeOutput) {
    let failure = output.failure;
    if !output.lines.is_empty() {
        let count = counted(output.lines.len(), "line", "lines");
        let mut rows: Vec<_> =
            output.lines.into_iter().map(|line| OverlayRow::new(line, "", RowTarget::Nowhere)).collect();
        if output.is_cut {
            let cut = OverlayRow::new("… The rest of the output was dropped.", "", RowTarget::Nowhere);
            rows.push(OverlayRow { sign: "!", ..cut });
        }
        navigate::remember(state);
        state.layers.open(Arc::new(Overlay::new(Subject::Output, format!("{command} · {count}"), rows)));
    }
    match failure {
        Some(reason) => state.set_error(format!("{command}: {reason}")),
        None if state.layers.has::<Arc<Overlay>>() => state.set_status(format!("Showed the output of {command}")),
        None => state.set_status(format!("Piped to {command}, which printed nothing")),
    }
}
