//! Roles of text on the screen, and the styles that a theme gives them. The bundled themes are in `assets/themes`.
//!
//! A style consists of words: `bold`, `dim`, `italic`, `underlined`, `reversed`, `crossed`, a text colour, and a
//! background colour after `on`. A colour is one of the sixteen names or `#rrggbb`.

pub(crate) mod base16;

use crate::config::{FileError, line};
use crate::renamed::{Named, Renamed};
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

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
    /// Old names in the theme's file, without duplicates.
    renamed: Vec<&'static Renamed>,
}

/// Bundled themes in TOML. The first is the default.
const BUNDLED: [&str; 4] = [
    include_str!("../../assets/themes/terminal.toml"),
    include_str!("../../assets/themes/dark.toml"),
    include_str!("../../assets/themes/light.toml"),
    include_str!("../../assets/themes/contrast.toml"),
];

#[derive(Deserialize)]
struct File {
    name: String,
    speakers: Vec<Spanned<String>>,
    roles: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl Theme {
    /// Returns the bundled themes, default first.
    #[must_use]
    pub(crate) fn bundled() -> Vec<Self> {
        // No theme is skipped: a test ensures that all of them are valid.
        BUNDLED.iter().filter_map(|toml| Self::parse(toml).ok()).collect()
    }

    /// Parses a theme file. Roles that the file does not mention are left unstyled.
    ///
    /// # Errors
    /// Returns the first error in the file.
    pub(crate) fn parse(toml: &str) -> Result<Self, FileError> {
        let file: File = toml::from_str(toml).map_err(|error| FileError::syntax(toml, &error))?;
        let styled = |words: &Spanned<String>| {
            style(words.get_ref())
                .map_err(|UnknownWord(word)| FileError::Style { line: line(toml, words.span().start), word })
        };
        let mut styles = vec![Style::new(); Role::NAMES.len()];
        let mut renamed = Vec::new();
        for (name, words) in &file.roles {
            let present = Renamed::present(Named::Role, name.get_ref(), &mut renamed);
            let Some((_, role)) = Role::NAMES.iter().find(|(known, _)| *known == present) else {
                let known = Role::NAMES.iter().map(|&(name, _)| name);
                return Err(FileError::unknown(toml, name.span().start, "role", name.get_ref(), known));
            };
            if let Some(slot) = styles.get_mut(*role as usize) {
                *slot = styled(words)?;
            }
        }
        let speakers = file.speakers.iter().map(styled).collect::<Result<_, _>>()?;
        Ok(Self { name: file.name, styles, speakers, renamed })
    }

    /// Returns the old names in the theme's file, without duplicates.
    pub(crate) fn renamed(&self) -> &[&'static Renamed] {
        &self.renamed
    }

    /// Removes all colours from the theme.
    #[must_use]
    pub(crate) fn without_colour(mut self) -> Self {
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

/// Parses a style, such as `bold red on white`.
fn style(words: &str) -> Result<Style, UnknownWord> {
    let mut style = Style::new();
    let mut ground = false;
    for word in words.split_whitespace() {
        let modifier = match word {
            "on" => {
                ground = true;
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underlined" => Modifier::UNDERLINED,
            "reversed" => Modifier::REVERSED,
            "crossed" => Modifier::CROSSED_OUT,
            colour => {
                let colour: Color = colour.parse().map_err(|_| UnknownWord(colour.to_owned()))?;
                style = if std::mem::take(&mut ground) { style.bg(colour) } else { style.fg(colour) };
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_themes_style_every_role_they_name() {
        let names: Vec<_> = BUNDLED.iter().map(|toml| Theme::parse(toml).unwrap()).map(|theme| theme.name).collect();
        assert_eq!(names, ["terminal", "dark", "light", "contrast"]);
    }

    #[test]
    fn a_style_is_spelt_in_words() {
        assert_eq!(
            style("bold red on #102030").unwrap(),
            Style::new().fg(Color::Red).bg(Color::Rgb(16, 32, 48)).bold()
        );
        assert!(style("blod").is_err());
        let wrong =
            |row: &str| Theme::parse(&format!("name = 'x'\nspeakers = []\n[roles]\n{row}")).unwrap_err().to_string();
        assert_eq!(wrong("hedline = 'bold'"), "line 4: no role is called “hedline”; did you mean “headline”?");
        assert_eq!(wrong("text = 'bold'\nname = 'blod'"), "line 5: “blod” is neither colour nor attribute");
    }

    #[test]
    fn without_colour_what_matters_still_differs() {
        let theme = Theme::bundled().remove(0).without_colour();
        let plain = theme.style(Role::Text);
        for role in [Role::TitleFocused, Role::RowFocused, Role::Quoted, Role::Mention, Role::Current, Role::Headline] {
            assert_ne!(theme.style(role), plain, "{role:?}");
        }
        assert_ne!(theme.style(Role::Title), theme.style(Role::TitleFocused));
        assert_ne!(theme.style(Role::Row), theme.style(Role::RowFocused));
        assert_eq!(theme.style(Role::Error).fg, None);
    }
}
