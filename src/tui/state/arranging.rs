//! Saves the arrangement of the screen, and restores it at the next start.

use super::State;
use crate::config::Config;
use crate::tui::arrangement::Arrangement;
use crate::tui::keymap::Keymap;
use crate::tui::panels::PanelKind;
use crate::tui::theme::Theme;
use std::sync::Arc;

impl State {
    /// Returns the current arrangement of the screen.
    #[must_use]
    pub(crate) fn arrangement(&self) -> Arrangement {
        Arrangement {
            widths: self.widths,
            panels: Some(self.open_panels()),
            measure: Some(self.reading.measure),
            at_left: self.reading.at_left,
            setting: self.reading.setting,
            compact: self.list.compact,
            theme: self.chosen_theme().map(|theme| (theme, self.configured_theme.clone())),
        }
    }

    /// Returns the name of the current theme if it differs from the theme in the settings.
    fn chosen_theme(&self) -> Option<String> {
        let name = self.themes.get(self.theme)?.name();
        (name != self.configured_theme).then(|| name.to_owned())
    }

    /// Restores an arrangement, except for what the settings specify.
    pub(crate) fn arrange(&mut self, kept: &Arrangement, config: &Config) {
        self.widths = kept.widths;
        self.panels_unchosen = kept.panels.is_none() && config.panels.is_none();
        if let (Some(open), None) = (&kept.panels, &config.panels) {
            for kind in PanelKind::ALL {
                self.panel_mut(kind).open = open.contains(&kind);
            }
            self.shown = open.first().copied().unwrap_or(self.shown);
        }
        if let (Some(measure), None) = (kept.measure, config.measure) {
            self.reading.measure = measure.clamp(*Config::MEASURES.start(), *Config::MEASURES.end());
        }
        if let Some((name, before)) = &kept.theme
            && *before == self.configured_theme
        {
            self.theme = self.themes.iter().position(|theme| theme.name() == name).unwrap_or(self.theme);
        }
        self.list.compact = kept.compact;
        self.reading.at_left = kept.at_left;
        self.reading.setting = kept.setting;
    }

    /// Applies settings that were read again while the reader runs. A theme chosen in the reader remains until the
    /// settings name another one. Panels and the resolved dates in the text remain as they are on the screen, because
    /// their settings say how to start.
    pub(crate) fn apply_settings(&mut self, config: &Config, keymap: Keymap, themes: Vec<Theme>) {
        let current = self.themes.get(self.theme).map(|theme| theme.name().to_owned()).unwrap_or_default();
        let name = if config.theme == self.configured_theme { &current } else { &config.theme };
        self.theme = themes.iter().position(|theme| theme.name() == name).unwrap_or(0);
        self.themes = themes.into();
        self.configured_theme.clone_from(&config.theme);
        self.keymap = Arc::new(keymap);
        self.pending.clear();
        if let Some(measure) = config.measure {
            self.reading.measure = measure;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_theme_is_kept_until_the_settings_name_another() {
        let name = |state: &State| state.themes[state.theme].name().to_owned();
        let start = |theme: &str| {
            let config = Config { theme: theme.to_owned(), ..Config::default() };
            State::new((100, 30).into(), &config, Keymap::bundled(), crate::tui::theme::Theme::bundled())
        };
        let mut evening = start("dark");
        evening.theme = evening.themes.iter().position(|theme| theme.name() == "light").unwrap();
        let kept = evening.arrangement();
        let mut morning = start("dark");
        morning.arrange(&kept, &Config::default());
        assert_eq!(name(&morning), "light");
        let mut changed = start("contrast");
        changed.arrange(&kept, &Config::default());
        assert_eq!(name(&changed), "contrast");
        assert_eq!(start("dark").arrangement().theme, None);
    }

    #[test]
    fn the_settings_win_over_what_was_kept() {
        let kept = Arrangement { panels: Some(vec![PanelKind::Quotes]), measure: Some(54), ..Arrangement::default() };
        let config = Config { measure: Some(80), ..Config::default() };
        let mut state = State::new((100, 30).into(), &config, Keymap::bundled(), Vec::new());
        state.arrange(&kept, &config);
        assert_eq!(state.reading.measure, 80);
        assert_eq!(state.open_panels(), [PanelKind::Quotes]);
    }

    #[test]
    fn changed_settings_apply_and_a_theme_chosen_in_the_reader_remains() {
        let mut state = State::new((100, 30).into(), &Config::default(), Keymap::bundled(), Theme::bundled());
        let name = |state: &State| state.themes[state.theme].name().to_owned();
        state.theme = state.themes.iter().position(|theme| theme.name() == "light").unwrap();
        let config = Config { measure: Some(50), ..Config::default() };
        let keymap = Keymap::bundled().with("[any]\n\"F9\" = \"quit\"\n");
        state.apply_settings(&config, keymap.clone(), Theme::bundled());
        assert_eq!((name(&state).as_str(), state.reading.measure), ("light", 50));
        assert_eq!(format!("{:?}", state.keymap), format!("{keymap:?}"));
        let dark = Config { theme: "dark".to_owned(), ..config };
        state.apply_settings(&dark, Keymap::bundled(), Theme::bundled());
        assert_eq!((name(&state).as_str(), state.configured_theme.as_str()), ("dark", "dark"));
    }
}
