//! Corrects the story region found by its score with evidence from the page. Adds parts of the story in similar
//! elements, headings and quotations within the story, and lists of links. Removes other posts and forms.

use super::class_hints::{self, ClassHints};
use super::furniture::is_boilerplate;
use super::text_block::{Step, TextBlock, TextBlockKind};
use dom_query::{Document, NodeId};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

/// Minimum number of words in a sentence for it to count as prose.
const SENTENCE: usize = 8;
/// Minimum length in bytes of a linked heading for it to count as the heading of another story.
const HEADING: usize = 12;
/// Minimum length in bytes of the prose below a headline for it to count as a story.
const STORY: usize = 150;
/// Number of blocks to search for a heading, from the start of an element.
const FIRST: usize = 4;
/// Maximum number of levels between the element of a heading and the text below the heading.
const INNER: usize = 4;
/// Minimum number of consecutive link lines for them to count as part of the story.
const LINES: usize = 3;
/// Maximum length in bytes of the text around a form for it to count as part of the form's box.
const BOX: usize = 300;
/// Maximum number of forms to examine.
const FORMS: usize = 200;

/// Returns whether a block consists of prose with few links.
fn is_prose(block: &TextBlock) -> bool {
    block.linked * 3 < block.text.len() && block.ends_sentence() && block.words() >= SENTENCE
}

/// Element of a page, with the indices of its blocks.
pub(super) struct Branch {
    step: Step,
    blocks: Vec<usize>,
}

/// Groups blocks by sibling elements that have classes and the same structure. Returns groups of at least two elements.
pub(super) fn alike(blocks: &[TextBlock]) -> Vec<Vec<Branch>> {
    let mut order = Vec::new();
    let mut groups: HashMap<(NodeId, u64), Vec<Branch>> = HashMap::new();
    for (at, block) in blocks.iter().enumerate() {
        for pair in block.path.windows(2) {
            let [parent, step] = pair else { continue };
            if !step.holds || !step.classed {
                continue;
            }
            let key = (parent.id, step.kind);
            let group = groups.entry(key).or_insert_with(|| {
                order.push(key);
                Vec::new()
            });
            match group.last_mut() {
                Some(branch) if branch.step.id == step.id => branch.blocks.push(at),
                _ => group.push(Branch { step: *step, blocks: vec![at] }),
            }
        }
    }
    let found = order.into_iter().filter_map(|key| groups.remove(&key));
    found.filter(|group| group.len() > 1).collect()
}

/// Returns whether an element begins with a heading that links to another story.
fn heads_another(blocks: &[TextBlock], branch: &Branch, title: Option<&str>) -> bool {
    branch.blocks.iter().filter_map(|at| blocks.get(*at)).take(FIRST).any(|block| {
        let heading = matches!(block.kind, TextBlockKind::Heading(1..=4)) && block.linked * 2 > block.text.len();
        heading && block.text.len() >= HEADING && Some(block.text.as_str()) != title
    })
}

/// Keeps parts of the story in siblings of elements with kept prose, if both have the same structure. Site builders
/// create such sections or rows, each with a heading.
pub(super) fn keep_alike(
    blocks: &[TextBlock],
    alike: &[Vec<Branch>],
    home: ClassHints,
    title: Option<&str>,
    kept: &mut [bool],
) {
    let total = sum(blocks, 0..blocks.len(), |at, _| kept.get(at) == Some(&true));
    for group in alike {
        let is_own = |branch: &&Branch| {
            let own = |kept_only: bool| {
                let of_branch = branch.blocks.iter().copied();
                sum(blocks, of_branch, |at, block| is_prose(block) && (!kept_only || kept.get(at) == Some(&true)))
            };
            let kept = own(true);
            kept > 0 && kept * 2 >= own(false)
        };
        let (inside, outside): (Vec<&Branch>, Vec<&Branch>) = group.iter().partition(is_own);
        let held = inside.iter().flat_map(|branch| branch.blocks.iter().copied());
        if inside.is_empty() || sum(blocks, held, |at, _| kept.get(at) == Some(&true)) * 5 < total * 2 {
            continue;
        }
        for branch in outside.into_iter().filter(|branch| is_part(blocks, branch, home, title)) {
            for at in &branch.blocks {
                if let (Some(block), Some(kept)) = (blocks.get(*at), kept.get_mut(*at)) {
                    *kept |= !is_boilerplate(block);
                }
            }
        }
        for branch in inside {
            keep_heading(blocks, branch, kept);
        }
    }
}

/// Returns the total length in bytes of the blocks that `fits` accepts.
fn sum(blocks: &[TextBlock], range: impl Iterator<Item = usize>, fits: impl Fn(usize, &TextBlock) -> bool) -> usize {
    let all = range.filter_map(|at| blocks.get(at).map(|block| (at, block)));
    all.filter(|(at, block)| fits(*at, block)).map(|(_, block)| block.text.len()).sum()
}

/// Returns whether a sibling of the story's element may be part of the story. At least half its text must be prose and
/// little of it linked. It must not be marked as boilerplate or as text about a person.
fn is_part(blocks: &[TextBlock], branch: &Branch, home: ClassHints, title: Option<&str>) -> bool {
    let all = || branch.blocks.iter().filter_map(|at| blocks.get(*at));
    let bytes: usize = all().map(|block| block.text.len()).sum();
    let linked: usize = all().map(|block| block.linked).sum();
    let prose: usize = all().filter(|block| is_prose(block)).map(|block| block.text.len()).sum();
    // A real list of other stories contains links to them. A "list" without links may be questions and answers.
    let related = linked > 0 && all().any(|block| class_hints::is_apart(block.above, home));
    let apart =
        related || all().any(|block| class_hints::is_far(block.above, home) || class_hints::is_person(block.above));
    !apart && prose * 2 >= bytes && linked * 5 <= bytes && !heads_another(blocks, branch, title)
}

/// Keeps a heading at the beginning of a part of the story if it is directly above kept prose.
fn keep_heading(blocks: &[TextBlock], branch: &Branch, kept: &mut [bool]) {
    let [first, second, ..] = branch.blocks.as_slice() else { return };
    let (Some(block), Some(next)) = (blocks.get(*first), blocks.get(*second)) else { return };
    let heading = matches!(block.kind, TextBlockKind::Heading(2..)) && !is_boilerplate(block);
    if heading
        && is_prose(next)
        && kept.get(*second) == Some(&true)
        && let Some(kept) = kept.get_mut(*first)
    {
        *kept = true;
    }
}

/// Drops the other posts of a page with several. They are siblings of the element with the headline, have the same
/// structure, and begin with a heading that links to their own page.
pub(super) fn drop_other_posts(blocks: &[TextBlock], alike: &[Vec<Branch>], title: Option<&str>, kept: &mut [bool]) {
    let titled = |branch: &&Branch| {
        branch.blocks.iter().any(|at| title.is_some() && blocks.get(*at).map(|block| block.text.as_str()) == title)
    };
    for group in alike {
        let own: Vec<&Branch> = group.iter().filter(titled).collect();
        let [own] = own.as_slice() else { continue };
        let story = own.blocks.iter().filter(|at| kept.get(**at) == Some(&true)).filter_map(|at| blocks.get(*at));
        if story.filter(|block| is_prose(block)).map(|block| block.text.len()).sum::<usize>() < STORY {
            continue;
        }
        let others = || group.iter().filter(|branch| !titled(branch));
        // A section of the story may also begin with a link, but every post does.
        if !others().all(|branch| heads_another(blocks, branch, title)) {
            continue;
        }
        for branch in others() {
            for at in &branch.blocks {
                if let Some(kept) = kept.get_mut(*at) {
                    *kept = false;
                }
            }
        }
    }
}

/// Keeps headings directly above kept prose in the same or an inner element, and quotations between kept blocks. Their classes do
/// not matter.
pub(super) fn keep_inner(blocks: &[TextBlock], home: ClassHints, kept: &mut [bool]) {
    let (Some(first), Some(last)) = (kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept)) else {
        return;
    };
    for at in first + 1..last {
        let (Some(block), Some(next)) = (blocks.get(at), blocks.get(at + 1)) else { return };
        if class_hints::is_apart(block.above, home) || is_boilerplate(block) {
            continue;
        }
        // The text below a heading may be in an inner element, but not further out than the heading.
        let parent = block.path.iter().rev().nth(1);
        let same = parent.is_some() && next.path.iter().rev().skip(1).take(INNER).any(|step| Some(step) == parent);
        let heading = matches!(block.kind, TextBlockKind::Heading(2..))
            && same
            && kept.get(at + 1) == Some(&true)
            && is_prose(next);
        let quote = block.kind == TextBlockKind::Quote && is_prose(block);
        if (heading || quote)
            && let Some(kept) = kept.get_mut(at)
        {
            *kept = true;
        }
    }
}

/// Keeps consecutive link lines between two paragraphs of the story: they are a list of things that the story is about.
pub(super) fn keep_linked_lines(blocks: &[TextBlock], inside: &[bool], home: ClassHints, kept: &mut [bool]) {
    let line = |at: usize| {
        blocks.get(at).is_some_and(|block| {
            block.kind == TextBlockKind::Text
                && block.linked * 10 > block.text.len() * 8
                && !class_hints::is_apart(block.above, home)
                && block.phrase().is_none()
        }) && inside.get(at) == Some(&true)
    };
    let mut at = 0;
    while at < blocks.len() {
        let end = (at..blocks.len()).find(|at| !line(*at)).unwrap_or(blocks.len());
        let prose = |at: usize| kept.get(at) == Some(&true) && blocks.get(at).is_some_and(is_prose);
        if end - at >= LINES && at > 0 && prose(at - 1) && prose(end) {
            for kept in kept.get_mut(at..end).unwrap_or_default() {
                *kept = true;
            }
        }
        at = end.max(at + 1);
    }
}

/// Returns the boxes with a form to fill in. A box is the form, or its parent element if that contains little else.
/// Forms that contain more than a third of the page's text are ignored.
pub(super) fn forms(document: &Document, blocks: &[TextBlock]) -> HashSet<NodeId> {
    let size = |id: NodeId| {
        let own = blocks.iter().filter(|block| block.path.iter().any(|step| step.id == id));
        own.map(|block| block.text.len()).sum::<usize>()
    };
    let total: usize = blocks.iter().map(|block| block.text.len()).sum();
    let mut out = HashSet::new();
    for form in document.select("form").nodes().iter().take(FORMS) {
        if !form.descendants_it().any(|node| is_control(&node)) || size(form.id) * 3 > total {
            continue;
        }
        let around = form.parent().filter(|parent| {
            let whole = ["body", "main", "article"].iter().any(|name| parent.has_name(name));
            !whole && size(parent.id) <= size(form.id) + BOX && size(parent.id) * 3 <= total
        });
        out.insert(around.map_or(form.id, |parent| parent.id));
    }
    out
}

/// Returns whether an element is an input field that the user fills in.
fn is_control(node: &dom_query::NodeRef<'_>) -> bool {
    let typed = |kinds: &[&str]| node.attr("type").is_none_or(|kind| kinds.contains(&&*kind));
    node.has_name("select")
        || node.has_name("textarea")
        || node.has_name("input") && typed(&["text", "email", "tel", "number"])
}
