//! Creates themes from base16 schemes, which are YAML files with sixteen colours named `base00` to `base0F`:
//! <https://github.com/tinted-theming/home/blob/main/styling.md>

use super::Theme;
use crate::config::FileError;

/// Theme file that assigns the sixteen colours to the roles.
const TEMPLATE: &str = include_str!("../../../assets/themes/base16.toml");

/// Creates a theme with this name from a base16 scheme.
///
/// # Errors
/// Returns an error with the name of the first missing colour.
pub(crate) fn theme(name: &str, yaml: &str) -> Result<Theme, FileError> {
    let mut toml = TEMPLATE.to_owned();
    for number in 0..16 {
        let slot = format!("base{number:02X}");
        let colour = colour(yaml, &slot).ok_or_else(|| FileError::Colour(slot.clone()))?;
        toml = toml.replace(&slot, &colour);
    }
    let mut theme = Theme::parse(&toml)?;
    name.clone_into(&mut theme.name);
    Ok(theme)
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
        let theme = theme("mine", &format!("system: base16\npalette:\n{}", scheme())).unwrap();
        assert_eq!(theme.name(), "mine");
        assert_eq!(theme.style(Role::Text).bg, Some(Color::Rgb(0, 0, 16)));
        assert_eq!(theme.style(Role::Text).fg, Some(Color::Rgb(5, 5, 16)));
    }

    #[test]
    fn a_missing_colour_is_named() {
        let short: String = scheme().lines().take(10).map(|line| format!("{line}\n")).collect();
        assert_eq!(theme("mine", &short).unwrap_err().to_string(), "no colour is given for “base0A”");
    }
}
