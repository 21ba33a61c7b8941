//! Finds the breadcrumbs above a headline, and recognises lines that look like them.

use super::line::Unit;
use crate::boilerplate::boilerplate_phrases::plain;
use crate::boilerplate::line_classifier::LineFeatures;

/// Maximum distance between breadcrumbs and the headline below them, in units.
const MAX_ABOVE: usize = 8;

/// Splits breadcrumbs such as "News / More" or "Home › World › Europe" into parts. Returns `None` for other lines.
#[must_use]
pub(super) fn parts(text: &str) -> Option<Vec<String>> {
    if text.len() > 160 {
        return None;
    }
    let sign = ["›", "»", ">", "→", "/", "|", "::", "•", "·"].into_iter().find(|sign| {
        text.split(sign).count() > 1
            && (*sign != "/" && *sign != "·" || text.contains(&format!(" {sign} ")) || text.starts_with('/'))
    })?;
    let parts: Vec<String> =
        text.split(sign).map(dateline_core::text::folded).filter(|part| !part.is_empty()).collect();
    let short = parts
        .iter()
        .take(parts.len().saturating_sub(1).max(1))
        .all(|part| part.split(' ').count() <= 4 && !part.contains(['.', ':']));
    let named = parts.iter().all(|part| part.chars().any(char::is_alphabetic));
    (short && named && (1..=6).contains(&parts.len())).then_some(parts)
}

/// Finds the breadcrumbs above the headline. Lines with bars or dots are menus, unless they are short.
pub(super) fn find(
    units: &[Unit],
    line_features: &[LineFeatures],
    headline: usize,
    title: &str,
) -> Option<(usize, Vec<String>)> {
    for at in (headline.saturating_sub(MAX_ABOVE)..headline).rev() {
        let (unit, features) = (units.get(at)?, line_features.get(at)?);
        let Some(mut parts) =
            parts(&unit.text).filter(|_| !features.dated && !features.signed && features.caption == 0)
        else {
            continue;
        };
        let weak = unit.text.contains(['|', '•', '·']);
        let same = |part: &String| !title.is_empty() && plain(part) == title;
        if weak && parts.len() > 3 || features.words > 24 && !parts.last().is_some_and(same) {
            continue;
        }
        if parts.last().is_some_and(|part| same(part) || part.ends_with('…')) {
            parts.pop();
        }
        parts.retain(|part| {
            !matches!(
                plain(part).as_str(),
                "home" | "homepage" | "blog" | "you are here" | "startseite" | "accueil" | "inicio"
            )
        });
        if parts.iter().all(|part| part.split(' ').count() <= 4) && !parts.is_empty() {
            return Some((at, parts));
        }
    }
    None
}
