//! Orders versions by their time of publication.

use super::{Claim, Version};
use jiff::Timestamp;

/// Returns whether `later` was surely published after `earlier`. Versions of one day without a time of day are not
/// ordered.
fn is_after(later: &Version<'_>, earlier: &Version<'_>) -> bool {
    let (Some(later), Some(earlier)) = (&later.article.published, &earlier.article.published) else { return false };
    let moment = |moment: &Option<String>| moment.as_ref().and_then(|moment| moment.parse::<Timestamp>().ok());
    match (moment(&later.moment), moment(&earlier.moment)) {
        (Some(later), Some(earlier)) => later > earlier,
        _ => later.date > earlier.date,
    }
}

/// Marks the claims that were published only after all versions of the first claim.
pub(super) fn mark_later(versions: &[Version<'_>], claims: &mut [Claim]) {
    let Some((first, rest)) = claims.split_first_mut() else { return };
    for claim in rest {
        claim.later = claim.passages.iter().all(|later| {
            first.passages.iter().all(|earlier| is_after(&versions[later.version], &versions[earlier.version]))
        });
    }
}
