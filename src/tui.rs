//! The terminal user interface (TUI). The keymap maps events to actions. `update` changes the state and returns
//! effects. Workers run the effects and reply with events. `view` draws the state. All events arrive in one inbox and
//! there are no ticks, so an idle TUI uses no CPU time. Depends on neither the file formats nor the command line.

pub(crate) mod action;
pub(crate) mod analysis_view;
pub(crate) mod arrangement;
pub(crate) mod bundled;
mod char_cache;
pub(crate) mod cite;
mod clipboard;
pub(crate) mod dates;
mod editor;
pub(crate) mod effect;
mod encoder;
pub(crate) mod event;
pub(crate) mod following;
mod foreground;
pub(crate) mod happening;
pub(crate) mod help;
pub(crate) mod highlight;
mod input;
pub(crate) mod key;
pub(crate) mod keymap;
mod keys;
mod labels;
pub(crate) mod layout;
mod library_client;
pub(crate) mod library_messages;
pub(crate) mod link;
pub(crate) mod mark;
mod opener;
pub(crate) mod overlays;
pub(crate) mod page;
pub(crate) mod panels;
pub(crate) mod pipe;
mod private;
pub(crate) mod rows;
pub(crate) mod sanitizing_writer;
pub(crate) mod session_sources;
pub(crate) mod settings;
mod settings_watch;
mod signals;
pub(crate) mod source;
pub(crate) mod state;
pub(crate) mod story;
mod supervise;
pub(crate) mod terminal;
pub(crate) mod theme;
mod update;
pub(crate) mod view;
pub(crate) mod width_repair;
mod worker;

pub(crate) use update::update;
pub(crate) use view::view;

use crate::config;
use cite::Form;
use dateline_core::text::clean;
use editor::Edited;
use effect::Effect;
use event::Event;
use following::Following;
use keys::Keys;
use library_client::{FetchSettings, LibraryWriter, Opening};
use library_messages::{HighlightChange, Request};
use pipe::PipeJob;
use ratatui::backend::Backend;
use ratatui::buffer::CellDiffOption;
use session_sources::SessionSources;
use settings::Settings;
use state::State;
use state::prompt::Prompt;
use std::io::{Write, stderr};
use std::iter::once;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use terminal::Screen;
use width_repair::WidthRepair;

/// Maximum time to wait for stories before the first frame is drawn: two frames at 60 Hz.
const FIRST_FRAME_TIMEOUT: Duration = Duration::from_millis(33);

/// Source of the stories that the TUI opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReaderSource {
    /// Files and folders, and the path of a library. A story is saved in the library when the user saves it or marks
    /// something.
    Paths(Vec<PathBuf>, PathBuf),
    /// Library at this path, named by the user.
    Library(PathBuf),
    /// The user's own library at this path. If it is empty or missing, the bundled stories are shown.
    Own(Option<PathBuf>),
}

/// Runs the TUI until the user quits.
///
/// # Errors
/// Returns an error if the terminal cannot be used.
pub(crate) fn run(from: ReaderSource) -> anyhow::Result<ExitCode> {
    if let Some(reason) = terminal::refusal() {
        anyhow::bail!(reason);
    }
    if let Some(status) = supervise::watch() {
        return Ok(status);
    }
    let (inbox, events) = channel();
    let stop = Arc::new(AtomicBool::new(false));
    // Start the workers first, so that they read while the terminal is being set up.
    let session_sources = SessionSources::default();
    let fetches = !matches!(from, ReaderSource::Paths(..));
    let writer = start_reading(from, &session_sources, &stop, &inbox);
    let requests = worker::analyse(inbox.clone());
    let folder = config::folder();
    let settings = Settings::read(folder.as_deref());
    inbox.send(Event::SettingsFaults(settings.fault_sentences(folder.as_deref())))?;
    let Settings { mut config, keymap, rules, themes, renamed, .. } = settings;
    // Report before taking over the screen, since later writes to standard error would appear on it.
    for line in &renamed {
        writeln!(stderr(), "dateline: {}", clean(line))?;
    }
    if config.theme == settings::AUTO {
        if terminal::is_light() { "light" } else { "dark" }.clone_into(&mut config.theme);
    }
    let keys = Keys::new()?;
    signals::listen(inbox.clone(), keys.clone())?;
    let (guard, screen) = terminal::enter(config.mouse)?;
    // The guard restores the terminal. Dropping the screen would do so a second time, and panic if the terminal is
    // gone.
    let mut screen = ManuallyDrop::new(screen);
    keys.listen(inbox.clone())?;
    let mut state = State::new(screen.size()?, &config, keymap, themes);
    state.today = Some(jiff::Zoned::now().date());
    state.arrange(&arrangement::kept(), &config);
    state.arranged = Some(state.arrangement());
    let mut reader = Reader {
        screen: &mut screen,
        requests: &requests,
        writer: writer.as_ref(),
        session_sources: &session_sources,
        keys: &keys,
        inbox: &inbox,
        stop: &stop,
        mouse: config.mouse,
        fetch_settings: FetchSettings {
            allow_local: config.fetch_local,
            pair: config.pair,
            rules: Arc::new(rules),
            hook: config.on_new.clone(),
        },
        browser: config.browser.clone(),
        open_with: config.open_with.clone(),
        show_cursor: config.cursor,
        width_repair: WidthRepair::default(),
        following: Following::default(),
    };
    if fetches && writer.is_some() {
        start_timers(&config, &inbox)?;
    }
    let _watcher = folder.and_then(|folder| settings_watch::watch(&folder, inbox.clone()));
    let result = reader.read(&mut state, &events);
    drop(guard);
    let pairs = reader.fetch_settings.pair && fetches && state.ended_by.is_none();
    // Save the last requests before returning to the shell.
    if let Some(failure) = writer.and_then(|writer| writer.finish(pairs)) {
        writeln!(stderr(), "dateline: {}", clean(&failure))?;
    }
    // Report death by a signal as shells do: 128 plus the signal number.
    let status = state.ended_by.and_then(|signal| u8::try_from(128 + signal).ok());
    // Ignore errors after a signal: writing to a terminal that is gone always fails.
    if status.is_none() {
        result.map(|()| ExitCode::SUCCESS)
    } else {
        Ok(status.map_or(ExitCode::SUCCESS, ExitCode::from))
    }
}

/// Starts the timers of the settings, and pairs now if the settings say so.
fn start_timers(config: &config::Config, inbox: &Sender<Event>) -> anyhow::Result<()> {
    worker::remind(config.fetch_every, || Event::FetchDue, inbox.clone());
    worker::remind(config.sync_every, || Event::SyncDue, inbox.clone());
    if config.pair {
        inbox.send(Event::PairDue)?;
    }
    Ok(())
}

/// Starts the threads that read the stories. Returns the handle of the one that writes to the library, or `None` if
/// there is no path for a library.
fn start_reading(
    from: ReaderSource,
    session_sources: &SessionSources,
    stop: &Arc<AtomicBool>,
    inbox: &Sender<Event>,
) -> Option<LibraryWriter> {
    let load = |paths| worker::load(paths, session_sources.clone(), stop.clone(), inbox.clone());
    let start = |path, opening| Some(LibraryWriter::start(path, opening, session_sources.clone(), inbox.clone()));
    match from {
        ReaderSource::Paths(paths, path) => {
            load(paths);
            start(path, Opening::OnDemand)
        }
        ReaderSource::Library(path) => start(path, Opening::Named),
        ReaderSource::Own(Some(path)) => start(path, Opening::Own),
        ReaderSource::Own(None) => {
            load(Vec::new());
            None
        }
    }
}

/// Connections between the event loop and the outside world.
struct Reader<'a> {
    screen: &'a mut Screen,
    requests: &'a Sender<Effect>,
    writer: Option<&'a LibraryWriter>,
    session_sources: &'a SessionSources,
    keys: &'a Keys,
    inbox: &'a Sender<Event>,
    /// Flag that makes the loader stop reading sources.
    stop: &'a AtomicBool,
    mouse: bool,
    fetch_settings: FetchSettings,
    browser: Option<Vec<String>>,
    open_with: Vec<config::OpenWith>,
    /// Whether to show the terminal's cursor even outside prompts.
    show_cursor: bool,
    width_repair: WidthRepair,
    following: Following,
}

impl Reader<'_> {
    /// Runs the event loop: draws a frame, sleeps until an event arrives, then handles all pending events.
    fn read(&mut self, state: &mut State, events: &Receiver<Event>) -> anyhow::Result<()> {
        self.wait_for_stories(state, events)?;
        let (mut changed, mut drawn) = (true, Instant::now());
        while state.running {
            if changed {
                self.draw(state)?;
                drawn = Instant::now();
            }
            changed = true;
            let first = match self.following.timeout(Instant::now()) {
                None => events.recv()?,
                Some(timeout) => match events.recv_timeout(timeout) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => continue,
                    Err(error) => return Err(error.into()),
                },
            };
            changed = false;
            for event in once(first).chain(events.try_iter()) {
                let only_counts = following::only_counts(&event, drawn.elapsed());
                changed |= !only_counts && following::changes_screen(state, &event);
                state.hurried = self.following.is_moving(Instant::now());
                let selected = state.list.selected;
                self.handle(state, event)?;
                // The rows may include the story to jump to.
                changed |= only_counts && state.list.selected != selected;
            }
        }
        Ok(())
    }

    /// Handles events until there are stories, for at most [`FIRST_FRAME_TIMEOUT`]. This lets the first frame show the
    /// list, instead of flashing a message that there are no stories.
    fn wait_for_stories(&mut self, state: &mut State, events: &Receiver<Event>) -> anyhow::Result<()> {
        let start = Instant::now();
        while state.running && state.stories.is_empty() {
            let Some(left) = FIRST_FRAME_TIMEOUT.checked_sub(start.elapsed()) else { break };
            match events.recv_timeout(left) {
                Ok(event) => self.handle(state, event)?,
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Draws a frame. A cell is redrawn if its link has changed, even if its symbol is the same.
    fn draw(&mut self, state: &mut State) -> anyhow::Result<()> {
        let now = Instant::now();
        let waits = self.following.waits(state, now);
        if state.hurried && !self.following.is_moving(now) {
            self.handle(state, Event::Rested)?;
        }
        // Until the text follows the selection, it keeps the links of the last frame.
        let links = if waits { self.screen.backend_mut().links.clone() } else { view::links::in_view(state) };
        let changed = links != self.screen.backend_mut().links;
        let before =
            if changed { std::mem::replace(&mut self.screen.backend_mut().links, links.clone()) } else { Vec::new() };
        let (following, width_repair) = (&mut self.following, &mut self.width_repair);
        let cursor = view::cursor(state);
        let is_visible = self.show_cursor || state.layers.has::<Prompt>();
        // Drawing the frame hides the cursor. Set its position nevertheless, because screen readers follow the cursor.
        self.screen.backend_mut().set_cursor_position(cursor)?;
        self.screen.draw(|frame| {
            if is_visible {
                frame.set_cursor_position(cursor);
            }
            let buffer = frame.buffer_mut();
            let held = following.held();
            view::view_around(state, &held, buffer);
            width_repair.repair(&held, buffer);
            for run in before.iter().chain(links.iter().filter(|_| changed)) {
                for x in run.x..run.x.saturating_add(run.width) {
                    if let Some(cell) = buffer.cell_mut((x, run.y)) {
                        cell.set_diff_option(CellDiffOption::AlwaysUpdate);
                    }
                }
            }
            // The panes that wait are blank in this frame, so their cells must not be sent even if marked above.
            following.hold(buffer);
        })?;
        Ok(())
    }

    /// Handles one event and all effects that it causes.
    fn handle(&mut self, state: &mut State, event: Event) -> anyhow::Result<()> {
        for effect in update(state, event) {
            match effect {
                Effect::ReloadSettings => self.reload_settings(state)?,
                Effect::Redraw => self.clear()?,
                Effect::Suspend => self.suspend(state)?,
                Effect::Resume => self.resume(state)?,
                Effect::EditNote { story, index, note } => self.edit(state, story, index, &note)?,
                Effect::Copy { words, form } => self.copy(state, &words, form),
                Effect::Pipe(job) => worker::pipe(job, self.inbox.clone()),
                Effect::PipeOnTerminal(job) => self.pipe_on_terminal(state, &job)?,
                Effect::OpenLink(url) => match opener::open(&url, self.browser.as_deref(), &self.open_with) {
                    Ok(program) => state.set_status(format!("Opened in {program}: {}", link::describe(&url))),
                    Err(error) => state.set_error(error.to_string()),
                },
                Effect::ReadText(text) => worker::read_text(text, self.session_sources.clone(), self.inbox.clone()),
                Effect::Library(request) => self.ask(request)?,
                Effect::Query(question) => {
                    if let Some(writer) = self.writer {
                        writer.query(question);
                    }
                }
                Effect::Fetch(job) => {
                    if let Some(writer) = self.writer {
                        writer.fetch(job, self.fetch_settings.clone(), self.inbox.clone());
                    }
                }
                Effect::Reread { story, source, encoding } => {
                    worker::reread(story, source, encoding, self.inbox.clone());
                }
                Effect::StopLoading => self.stop.store(true, Ordering::Relaxed),
                Effect::KeepHighlights { story, before, after } => {
                    if let Some(shown) = state.stories.get(story).map(|story| Arc::clone(&story.article)) {
                        let change = |id| HighlightChange { id, shown, before, after };
                        self.keep(state, story, |id| Request::Highlights(change(id)))?;
                    }
                }
                request @ Effect::Analyse { .. } => self.requests.send(request)?,
                Effect::KeepCorrection { story, correction } => {
                    self.keep(state, story, |id| Request::Correct(id, correction))?;
                }
                // Ignore errors: without a folder to save it in, the arrangement lasts until the end of the session.
                Effect::KeepArrangement(arrangement) => drop(arrangement::keep(&arrangement)),
            }
        }
        Ok(())
    }

    /// Reads the settings files again and applies them, except for the settings that only affect the start.
    fn reload_settings(&mut self, state: &mut State) -> anyhow::Result<()> {
        let folder = config::folder();
        let settings = Settings::read(folder.as_deref());
        let faults = settings.fault_sentences(folder.as_deref());
        let Settings { mut config, keymap, rules, themes, .. } = settings;
        if config.theme == settings::AUTO {
            // The terminal cannot be asked now for its background, because its answer would be read as keys.
            config.theme.clone_from(&state.configured_theme);
        }
        state.apply_settings(&config, keymap, themes);
        if self.mouse != config.mouse {
            self.mouse = config.mouse;
            terminal::set_mouse(config.mouse)?;
        }
        self.show_cursor = config.cursor;
        self.browser = config.browser;
        self.open_with = config.open_with;
        self.fetch_settings = FetchSettings {
            allow_local: config.fetch_local,
            pair: config.pair,
            rules: Arc::new(rules),
            hook: config.on_new,
        };
        state.set_status("Applied the changed settings".to_owned());
        state.set_faults(faults);
        Ok(())
    }

    /// Sends a request to the library. If there is no library, reports changes that would be lost.
    fn ask(&self, request: Request) -> anyhow::Result<()> {
        let left = match self.writer {
            Some(writer) => writer.ask(request),
            None => Some(request),
        };
        if let Some(failure) = left.and_then(|request| Event::failure(request, "there is no library")) {
            self.inbox.send(failure)?;
        }
        Ok(())
    }

    /// Sends a request about a story, if the story is in the library.
    fn keep(&self, state: &State, story: usize, request: impl FnOnce(i64) -> Request) -> anyhow::Result<()> {
        match state.stories.get(story).and_then(|story| story.kept.as_ref()) {
            Some(kept) => self.ask(request(kept.id)),
            None => Ok(()),
        }
    }

    /// Suspends the process until the shell resumes it.
    fn suspend(&mut self, state: &mut State) -> anyhow::Result<()> {
        terminal::restore();
        if !signals::stop() {
            state.set_status("There is no shell to return to");
        }
        self.resume(state)
    }

    /// Opens a note in the user's editor, which owns the terminal until it exits.
    fn edit(&mut self, state: &mut State, story: usize, index: usize, note: &str) -> anyhow::Result<()> {
        let keys = self.keys.pause();
        terminal::restore();
        let edited = editor::edit(note);
        drop(keys);
        self.resume(state)?;
        match edited {
            Ok(Edited::Text(note)) => self.handle(state, Event::NoteEdited { story, index, note })?,
            Ok(Edited::Failed(None)) => state.set_error("The editor failed; the note was not changed"),
            Ok(Edited::Failed(Some(path))) => state.set_error(format!(
                "The editor failed; the note was not changed · what it had saved is in {}",
                clean(&path.to_string_lossy())
            )),
            Err(error) => state.set_error(error.to_string()),
        }
        Ok(())
    }

    /// Pipes text to a command that controls the terminal until it exits.
    fn pipe_on_terminal(&mut self, state: &mut State, job: &PipeJob) -> anyhow::Result<()> {
        let keys = self.keys.pause();
        terminal::restore();
        let ended = foreground::run(job);
        drop(keys);
        self.resume(state)?;
        match ended {
            Ok(None) => state.set_status(format!("Piped to {}", job.command)),
            Ok(Some(reason)) => state.set_error(format!("{}: {reason}", job.command)),
            Err(error) => state.set_error(format!("The shell could not be started: {error} · set $SHELL")),
        }
        Ok(())
    }

    /// Copies words to the clipboard and to a file. The status line shows where they are.
    fn copy(&mut self, state: &mut State, words: &str, form: Form) {
        let short = words.len() <= clipboard::MAX_BYTES;
        let sent = short && self.screen.backend_mut().copy(words).is_ok();
        let what = format!("{} characters {}", words.chars().count(), form.name());
        match (sent, clipboard::keep(words)) {
            (true, Ok(path)) => state.set_status(format!("Copied {what} · also in {}", path.display())),
            (false, Ok(path)) => {
                state.set_status(format!("{what}: too long for the terminal, so they are in {}", path.display()));
            }
            (true, Err(_)) => state.set_status(format!("Copied {what}, if the terminal allows it")),
            (false, Err(error)) => state.set_error(format!("Could not copy {what}: {error}")),
        }
    }

    /// Clears the terminal. The next frame draws everything, including panes that wait.
    fn clear(&mut self) -> anyhow::Result<()> {
        self.following = Following::default();
        Ok(self.screen.clear()?)
    }

    /// Takes over the terminal again, at its current size.
    fn resume(&mut self, state: &mut State) -> anyhow::Result<()> {
        terminal::take(self.mouse)?;
        self.clear()?;
        let size = self.screen.size()?;
        self.handle(state, Event::Resize(size))
    }
}
