//! Roles of text on the screen, and the styles that a theme gives them. The bundled themes are in `assets/themes`.
//!
//! A style consists of words: `bold`, `dim`, `italic`, `underlined`, `reversed`, `crossed`, a text colour, and a
//! background colour after `on`. A colour is one of the sixteen names or `#rrggbb`.

pub(crate) mod base16;

use crate::config::{self, FileError, line};
use crate::renamed::{Named, Renamed};
use dateline_core::text::nearest;
use ratatui::style::{Color, Modifier, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Declares the roles: variant, name in a theme file, and description of what the role styles.
macro_rules! roles {
    ($($variant:ident, $name:literal, $help:literal;)+) => {
        /// Role of a piece of text on the screen, which determines its style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Role {
            $(#[doc = $help] $variant,)+
        }

        impl Role {
            /// All roles, with their names in a theme file.
            const NAMES: &'static [(&'static str, Self)] = &[$(($name, Self::$variant),)+];

            /// Returns the name of each role with a description of what it styles.
            pub(crate) fn described() -> impl Iterator<Item = (&'static str, &'static str)> {
                [$(($name, $help),)+].into_iter()
            }
        }
    };
}

roles! {
    Text, "text", "The text of a story, and everything without a role of its own.";
    Dim, "dim", "Text of minor importance.";
    Kicker, "kicker", "The label above the headline.";
    Headline, "headline", "The headline.";
    Standfirst, "standfirst", "The summary under the headline.";
    Byline, "byline", "Who wrote it and when.";
    Heading, "heading", "A subheading.";
    Caption, "caption", "The caption of a picture.";
    Stray, "stray", "A caption that belongs to another story.";
    BlockQuote, "block_quote", "A block quote.";
    Bar, "bar", "Bars and bullets before quotes, captions and list items.";
    Code, "code", "Preformatted text.";
    LeftOut, "removed", "Removed parts of the page.";
    Name, "name", "A name of a person, organisation or place.";
    Time, "time", "A time expression.";
    Figure, "figure", "A number with what it counts, while the figures panel is open.";
    Resolved, "resolved", "The resolved date after a time expression.";
    Quoted, "quoted", "The words of the selected quote.";
    Cue, "cue", "The reporting words of the selected quote.";
    Speaker, "speaker", "The mention of the selected quote's speaker.";
    Target, "target", "The target of a jump: an introduction, a sentence.";
    Mention, "mention", "A mention of the selected entity.";
    Match, "match", "A match of the search.";
    Current, "current", "The current match of the search.";
    Link, "link", "A link.";
    Selected, "selected", "The selection.";
    Cursor, "cursor", "The end of the selection that moves.";
    Important, "important", "A highlight: important.";
    Doubtful, "doubtful", "A highlight: doubtful.";
    FollowUp, "follow_up", "A highlight: to follow up.";
    Wording, "wording", "A highlight: wording.";
    Title, "title", "The title of a pane.";
    TitleFocused, "title_focused", "The title of the focused pane.";
    Rule, "rule", "Lines between panes.";
    Row, "row", "The selected row of a pane without focus.";
    RowFocused, "row_focused", "The selected row of the focused pane.";
    Read, "read", "A story that was read.";
    Unsure, "unsure", "An uncertain result of the analysis.";
    Status, "status", "The status line.";
    Key, "key", "A key in a hint.";
    Error, "error", "An error.";
    Popup, "popup", "The background of help and hints.";
    Thumb, "thumb", "The part of the scroll bar that is in view.";
    Track, "track", "The rest of the scroll bar.";
}

/// Theme: a style for each role and colours for speakers.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    name: String,
    styles: Vec<Style>,
    speakers: Vec<Style>,
    /// Errors in the theme's file, in line order.
    faults: Vec<FileError>,
    /// Old names in the theme's file, without duplicates.
    renamed: Vec<&'static Renamed>,
}

/// Contents of the bundled dark theme's file, which users can copy as an example.
pub(crate) const EXAMPLE: &str = include_str!("../../assets/themes/dark.toml");

/// Bundled themes in TOML. The first is the default.
const BUNDLED: [&str; 4] = [
    include_str!("../../assets/themes/terminal.toml"),
    EXAMPLE,
    include_str!("../../assets/themes/light.toml"),
    include_str!("../../assets/themes/contrast.toml"),
];

impl Theme {
    /// Returns the bundled themes, default first.
    #[must_use]
    pub(crate) fn bundled() -> Vec<Self> {
        // A test ensures that none of the bundled themes has errors.
        BUNDLED.iter().map(|toml| Self::parse(toml)).collect()
    }

    /// Parses a theme file. Roles that are missing from the file or have an error are left unstyled. [`Theme::faults`]
    /// returns the errors.
    #[must_use]
    pub(crate) fn parse(toml: &str) -> Self {
        let (rows, faults) = config::rows(toml);
        let mut theme = Self {
            name: String::new(),
            styles: vec![Style::new(); Role::NAMES.len()],
            speakers: Vec::new(),
            faults,
            renamed: Vec::new(),
        };
        for (name, value) in rows.get_ref() {
            let valid = match (name.get_ref().as_ref(), value.get_ref()) {
                ("name", DeValue::String(name)) => {
                    name.as_ref().clone_into(&mut theme.name);
                    continue;
                }
                ("speakers", DeValue::Array(styles)) => {
                    for words in styles {
                        let style = theme.styled(toml, words);
                        theme.speakers.extend(style);
                    }
                    continue;
                }
                ("roles", DeValue::Table(roles)) => {
                    theme.read_roles(toml, roles);
                    continue;
                }
                ("name", _) => "a name in quotation marks",
                ("speakers", _) => "a list of styles",
                ("roles", _) => "a table of styles",
                (unknown, _) => {
                    let known = ["name", "speakers", "roles"].into_iter();
                    theme.faults.push(FileError::unknown(toml, name.span().start, "row of a theme", unknown, known));
                    continue;
                }
            };
            let line = line(toml, value.span().start);
            theme.faults.push(FileError::Value { line, name: name.get_ref().to_string(), valid });
        }
        theme.faults.sort_by_key(FileError::line);
        theme
    }

    /// Reads the styles of the roles in a theme file.
    fn read_roles(&mut self, toml: &str, roles: &DeTable<'_>) {
        for (name, words) in roles {
            let present = Renamed::present(Named::Role, name.get_ref(), &mut self.renamed);
            let Some((_, role)) = Role::NAMES.iter().find(|(known, _)| *known == present) else {
                let known = Role::NAMES.iter().map(|&(name, _)| name);
                self.faults.push(FileError::unknown(toml, name.span().start, "role", name.get_ref(), known));
                continue;
            };
            let style = self.styled(toml, words);
            if let (Some(slot), Some(style)) = (self.styles.get_mut(*role as usize), style) {
                *slot = style;
            }
        }
    }

    /// Parses the style in a row of a theme file. If the style is invalid, records an error and returns `None`.
    fn styled(&mut self, toml: &str, words: &Spanned<DeValue<'_>>) -> Option<Style> {
        let line = line(toml, words.span().start);
        let style = match words.get_ref().as_str() {
            Some(words) => style(words).map_err(|UnknownWord(word)| {
                let known = MODIFIERS.iter().map(|&(name, _)| name).chain(COLOURS).chain(["on"]);
                let near = nearest(&word, known).map(str::to_owned);
                FileError::Style { line, word, near }
            }),
            None => Err(FileError::Value { line, name: "style".to_owned(), valid: "words in quotation marks" }),
        };
        style.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Returns the errors in the theme's file, in line order.
    pub(crate) fn faults(&self) -> &[FileError] {
        &self.faults
    }

    /// Returns the old names in the theme's file, without duplicates.
    pub(crate) fn renamed(&self) -> &[&'static Renamed] {
        &self.renamed
    }

    /// Removes all colours from the theme. Each role gets the attributes that it has in the first bundled theme as
    /// well, because a theme that marks the selection only by its background would no longer show it.
    #[must_use]
    pub(crate) fn without_colour(mut self) -> Self {
        let marked = Self::bundled().into_iter().next().map(|theme| theme.styles).unwrap_or_default();
        for (style, marked) in self.styles.iter_mut().zip(marked) {
            *style = style.add_modifier(marked.add_modifier);
        }
        for style in self.styles.iter_mut().chain(&mut self.speakers) {
            *style = Style { fg: None, bg: None, ..*style };
        }
        self
    }

    /// Returns the theme under the name of its file.
    #[must_use]
    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Returns the name of the theme.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the style of text in a role.
    #[must_use]
    pub(crate) fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// Returns the style of the speaker with this number. If there are more speakers than colours, the colours repeat.
    #[must_use]
    pub(crate) fn speaker(&self, number: usize) -> Style {
        let count = self.speakers.len().max(1);
        self.speakers.get(number % count).copied().unwrap_or_default()
    }
}

/// Word in a style that is neither a colour nor an attribute.
#[derive(Debug)]
struct UnknownWord(String);

/// Names of the text attributes that a style can contain.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed", Modifier::CROSSED_OUT),
];

/// Names of the sixteen terminal colours, used to suggest a correction for an unknown word.
const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "darkgray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "white",
];

/// Parses a style, such as `bold red on white`.
fn style(words: &str) -> Result<Style, UnknownWord> {
    let mut style = Style::new();
    let mut ground = false;
    for word in words.split_whitespace() {
        if word == "on" {
            ground = true;
            continue;
        }
        if let Some(&(_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(modifier);
            continue;
        }
        let colour: Color = word.parse().map_err(|_| UnknownWord(word.to_owned()))?;
        style = if std::mem::take(&mut ground) { style.bg(colour) } else { style.fg(colour) };
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_themes_style_every_role_they_name() {
        let themes = Theme::bundled();
        let names: Vec<_> = themes.iter().map(Theme::name).collect();
        assert_eq!(names, ["terminal", "dark", "light", "contrast"]);
        assert!(themes.iter().all(|theme| theme.faults().is_empty() && !theme.speakers.is_empty()));
    }

    #[test]
    fn a_style_is_spelt_in_words() {
        assert_eq!(
            style("bold red on #102030").unwrap(),
            Style::new().fg(Color::Red).bg(Color::Rgb(16, 32, 48)).bold()
        );
        assert!(style("blod").is_err());
        assert!(COLOURS.iter().all(|colour| style(colour).is_ok()));
    }

    #[test]
    fn every_fault_is_reported_with_its_line_and_the_other_roles_apply() {
        let rows = "hedline = 'bold'\ntext = 'bold'\nname = 'bolt'\ndim = 'lightrde on black'\nstandfirst = 3";
        let theme = Theme::parse(&format!("speakers = 'red'\nnmae = 'x'\n[roles]\n{rows}"));
        let faults: Vec<String> = theme.faults().iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "line 1: “speakers” must be a list of styles",
                "line 2: no row of a theme is called “nmae”; did you mean “name”?",
                "line 4: no role is called “hedline”; did you mean “headline”?",
                "line 6: “bolt” is neither colour nor attribute; did you mean “bold”?",
                "line 7: “lightrde” is neither colour nor attribute; did you mean “lightred”?",
                "line 8: “style” must be words in quotation marks",
            ]
        );
        assert_eq!(theme.style(Role::Text), Style::new().bold());
    }

    #[test]
    fn without_colour_what_matters_still_differs() {
        for theme in Theme::bundled().into_iter().map(Theme::without_colour) {
            let (name, plain) = (theme.name(), theme.style(Role::Text));
            for role in [
                Role::TitleFocused,
                Role::RowFocused,
                Role::Quoted,
                Role::Speaker,
                Role::Mention,
                Role::Match,
                Role::Current,
                Role::Selected,
                Role::Cursor,
                Role::Headline,
            ] {
                assert_ne!(theme.style(role), plain, "{name}: {role:?}");
                // Names are bold too, so bold would not show a match.
                assert_ne!(theme.style(Role::Current), theme.style(Role::Name), "{name}");
            }
            assert_ne!(theme.style(Role::Title), theme.style(Role::TitleFocused), "{name}");
            assert_ne!(theme.style(Role::Row), theme.style(Role::RowFocused), "{name}");
            assert_eq!(theme.style(Role::Error).fg, None);
        }
    }

    /// Returns the relative luminance of a colour, from 0 to 1, as WCAG 2 defines it.
    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(red, green, blue) = colour else { panic!("{colour} has no fixed value") };
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Returns the contrast of two colours, from 1 to 21.
    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        (one / other).max(other / one)
    }

    #[test]
    fn all_text_of_the_themes_with_own_colours_has_a_contrast_of_at_least_4_5() {
        const MARKS: [&str; 4] = ["bar", "rule", "thumb", "track"];
        for theme in Theme::bundled().into_iter().filter(|theme| theme.name() != "terminal") {
            let name = theme.name().to_owned();
            let [text, popup, row] = [Role::Text, Role::Popup, Role::Row].map(|role| theme.style(role));
            let (ink, ground) = (text.fg.unwrap(), text.bg.unwrap());
            let check = |what: &str, style: Style, grounds: &[Option<Color>]| {
                for ground in grounds.iter().flatten() {
                    let contrast = contrast(style.fg.unwrap_or(ink), *ground);
                    assert!(contrast >= 4.5, "{name}: {what} on {ground}: {contrast:.2}");
                }
            };
            for (style, (what, _)) in
                theme.styles.iter().zip(Role::NAMES).filter(|(_, (what, _))| !MARKS.contains(what))
            {
                check(what, *style, &[style.bg.or(Some(ground))]);
            }
            // Lists, cards and panels show these roles on their own background colours.
            for role in [Role::Dim, Role::Byline, Role::Read] {
                check("dim text", theme.style(role), &[popup.bg, row.bg]);
            }
            for speaker in &theme.speakers {
                check("a speaker", *speaker, &[Some(ground), popup.bg, row.bg]);
            }
        }
    }
}
