//! Creates themes from base16 schemes, which are YAML files with sixteen colours named `base00` to `base0F`:
//! <https://github.com/tinted-theming/home/blob/main/styling.md>

use super::Theme;
use crate::config::FileError;

/// Theme file that assigns the sixteen colours to the roles.
const TEMPLATE: &str = include_str!("../../../assets/themes/base16.toml");

/// Creates a theme from a base16 scheme. Reports each missing colour as an error of the theme, and leaves the roles
/// that need the colour unstyled.
pub(crate) fn theme(yaml: &str) -> Theme {
    let mut toml = TEMPLATE.to_owned();
    let mut faults = Vec::new();
    for number in 0..16 {
        let slot = format!("base{number:02X}");
        match colour(yaml, &slot) {
            Some(colour) => toml = toml.replace(&slot, &colour),
            None => faults.push(FileError::Colour(slot)),
        }
    }
    // Drop the errors of the expanded template: they only repeat that a colour is missing.
    Theme { faults, ..Theme::parse(&toml) }
}

/// Returns the colour of a slot as `#rrggbb`. Accepts `base0A: "f7ca88"`, with or without quotation marks and `#`.
fn colour(yaml: &str, slot: &str) -> Option<String> {
    let rest = yaml.lines().find_map(|line| {
        let (key, value) = line.trim().split_once(':')?;
        key.trim_matches('"').eq_ignore_ascii_case(slot).then_some(value)
    })?;
    let digits: String =
        rest.chars().skip_while(|c| !c.is_ascii_hexdigit()).take_while(char::is_ascii_hexdigit).collect();
    (digits.len() == 6).then(|| format!("#{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Role;
    use ratatui::style::Color;

    fn scheme() -> String {
        (0..16).map(|number| format!("  base{number:02X}: \"#{number:02x}{number:02x}10\"\n")).collect()
    }

    #[test]
    fn a_scheme_becomes_a_theme() {
        let theme = theme(&format!("system: base16\npalette:\n{}", scheme()));
        assert_eq!(theme.faults(), []);
        assert_eq!(theme.style(Role::Text).bg, Some(Color::Rgb(0, 0, 16)));
        assert_eq!(theme.style(Role::Text).fg, Some(Color::Rgb(5, 5, 16)));
    }

    #[test]
    fn each_missing_colour_is_named() {
        let short: String = scheme().lines().take(10).map(|line| format!("{line}\n")).collect();
        let faults: Vec<String> = theme(&short).faults().iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 6);
        assert_eq!(faults[0], "no colour is given for “base0A”");
    }
}
