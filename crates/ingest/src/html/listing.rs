//! Finds the items of a page that is a listing: the front page of a site, a category, a shelf of products. Such a page
//! repeats an element for each item, with a link in it, and shows little prose outside these elements.

use super::class_hints::{self, ClassHints};
use super::furniture::is_control;
use super::text_block::{TextBlock, TextBlockKind};
use dom_query::NodeId;
use foldhash::{HashMap, HashMapExt};

/// Minimum number of items in a listing.
const ITEMS: usize = 6;
/// Minimum number of items in a further group of a listing, such as another section of a front page.
const FURTHER: usize = 3;
/// Minimum mean length of an item, in bytes. Shorter ones are menus and labels.
const LEAST: usize = 40;
/// Maximum mean length of an item, in bytes. Longer ones are sections of a story.
const MOST: usize = 1200;
/// Amount of prose outside the items above which a page is a story, in bytes.
const PROSE: usize = 800;
/// Amount of prose outside the items above which a page with an author or a date is a story, in bytes.
const SIGNED_PROSE: usize = 300;

/// Elements of the same structure, each with the indices of its blocks.
type Group = Vec<Vec<usize>>;

/// Element and the indices of its blocks.
type Item = (NodeId, Vec<usize>);

/// Items of a listing.
pub(super) struct Listing {
    /// Number of items in the largest group.
    pub items: usize,
    /// For each block of the page, whether it belongs to the listing.
    pub kept: Vec<bool>,
}

/// Returns the items of a page that is a listing, or `None` for any other page. `story` marks the blocks that would be
/// kept if it were a story, and `signed` is whether the page shows an author or a date, as short news stories do.
pub(super) fn find(blocks: &[TextBlock], story: &[bool], signed: bool) -> Option<Listing> {
    // Some sites name the element around the whole page after a menu or a window.
    let common = ClassHints(blocks.iter().fold(u32::MAX, |all, block| all & block.above.0));
    let groups: Vec<Group> = groups(blocks, common).into_iter().filter(|group| is_items(blocks, group)).collect();
    let main = groups.iter().filter(|group| group.len() >= ITEMS).max_by_key(|group| length(blocks, group))?;
    let mut kept = vec![false; blocks.len()];
    for at in groups.iter().flatten().flatten() {
        if let (Some(kept), Some(block)) = (kept.get_mut(*at), blocks.get(*at)) {
            *kept = !is_control(block);
        }
    }
    let sum = |fits: &dyn Fn(usize, &TextBlock) -> bool| -> usize {
        blocks.iter().enumerate().filter(|(at, block)| fits(*at, block)).map(|(_, block)| block.text.len()).sum()
    };
    let is_item = |at: usize| kept.get(at) == Some(&true);
    let listed = sum(&|at, _| is_item(at));
    let whole = sum(&|_, block| !class_hints::is_frame(block.above, common));
    let prose = sum(&|at, block| {
        story.get(at) == Some(&true) && !is_item(at) && block.ends_sentence() && block.linked * 2 < block.text.len()
    });
    let most = if signed { SIGNED_PROSE } else { PROSE };
    if prose > most || prose * 3 > listed || listed * 3 < whole {
        return None;
    }
    let items = main.len();
    keep_headings(blocks, common, &mut kept);
    for ((kept, story), block) in kept.iter_mut().zip(story).zip(blocks) {
        *kept |= *story && !class_hints::is_frame(block.above, common);
    }
    Some(Listing { items, kept })
}

/// Groups elements by their structure. Elements without classes are grouped only with their siblings.
fn groups(blocks: &[TextBlock], common: ClassHints) -> Vec<Group> {
    let mut order = Vec::new();
    let mut found: HashMap<(Option<NodeId>, u64), Vec<Item>> = HashMap::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| !class_hints::is_frame(block.above, common)) {
        let mut seen: Vec<u64> = Vec::with_capacity(block.path.len());
        for pair in block.path.windows(2) {
            let [parent, step] = pair else { continue };
            // An element nested in another one with the same structure belongs to the outer one.
            if !step.holds || step.classed && seen.contains(&step.kind) {
                continue;
            }
            seen.push(step.kind);
            let key = ((!step.classed).then_some(parent.id), step.kind);
            let members = found.entry(key).or_insert_with(|| {
                order.push(key);
                Vec::new()
            });
            match members.last_mut() {
                Some((id, own)) if *id == step.id => own.push(at),
                _ => members.push((step.id, vec![at])),
            }
        }
    }
    let groups = order.iter().filter_map(|key| found.remove(key));
    groups.map(|members| members.into_iter().map(|(_, own)| own).collect()).collect()
}

/// Returns whether elements are items of a listing: several, nearly all with a link, and as long as a teaser.
fn is_items(blocks: &[TextBlock], group: &Group) -> bool {
    let linked = |own: &&Vec<usize>| own.iter().filter_map(|at| blocks.get(*at)).any(|block| block.linked > 0);
    let mean = length(blocks, group) / group.len().max(1);
    group.len() >= FURTHER
        && (LEAST..=MOST).contains(&mean)
        && group.iter().filter(linked).count() * 5 >= group.len() * 4
}

/// Returns the length of all text in a group, in bytes.
fn length(blocks: &[TextBlock], group: &Group) -> usize {
    group.iter().flatten().filter_map(|at| blocks.get(*at)).map(|block| block.text.len()).sum()
}

/// Keeps the headings directly above items.
fn keep_headings(blocks: &[TextBlock], common: ClassHints, kept: &mut [bool]) {
    for at in (0..blocks.len().saturating_sub(1)).rev() {
        let heading = blocks.get(at).is_some_and(|block| {
            matches!(block.kind, TextBlockKind::Heading(2..)) && !class_hints::is_frame(block.above, common)
        });
        let above = kept.get(at + 1) == Some(&true);
        if let Some(kept) = kept.get_mut(at).filter(|_| heading && above) {
            *kept = true;
        }
    }
}
