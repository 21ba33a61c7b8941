//! Libraries that were edited apart are equal after pairing, whatever the order.

use super::{Folder, Machine, STORIES};
use crate::{By, Change, Direction, Flag};
use dateline_analysis::Correction;
use dateline_core::text::Span;
use proptest::prelude::*;
use serde_json::json;

/// Kind of an edit, and two numbers that choose its details.
type Edit = (u8, u8, u8);

fn edits(count: usize) -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec(any::<Edit>(), count)
}

impl Machine {
    /// Runs an edit that a user could make, at a time of its own.
    fn edit(&mut self, edit: Edit) {
        let (what, a, b) = (edit.0, usize::from(edit.1), usize::from(edit.2));
        let story = (a % 4 + 1) as i64;
        let words = ["weir", "ferry", "Pell", "a quay", "see also"];
        let word = words[b % 5];
        let library = &mut self.library;
        let on = b.is_multiple_of(2);
        match what % 16 {
            0 => {
                library.set(&[story], &Change::Flag(Flag::Starred, on)).unwrap();
            }
            1 => {
                library.set(&[story], &Change::Flag([Flag::Read, Flag::Archived][b / 2 % 2], on)).unwrap();
            }
            2 => {
                library.set(&[story], &Change::Binned(on)).unwrap();
            }
            3 if b < 128 => {
                library.set(&[story], &Change::Tag(word.to_owned())).unwrap();
            }
            3 => {
                library.set(&[story], &Change::Untag(word.to_owned())).unwrap();
            }
            4 if b < 200 => {
                library.set(&[story], &Change::Note(format!("{word} of {}", self.name))).unwrap();
            }
            4 => {
                library.set(&[story], &Change::Note(String::new())).unwrap();
            }
            5 => {
                let span = Span::new(b % 3 * 9, b % 3 * 9 + 12);
                library.highlight(story, span, ["yellow", "red"][b / 3 % 2], "").unwrap();
            }
            6 => {
                let all = library.highlights(story).unwrap();
                if let Some(highlight) = all.get(b % all.len().max(1)) {
                    let note = format!("{word} by {}", self.name);
                    let to = (b < 200).then_some(("blue", note.as_str()));
                    library.change_highlight(story, highlight.id, to).unwrap();
                }
            }
            7 => library.set_position(story, b % 60).unwrap(),
            8 => library.mark_opened(story).unwrap(),
            _ => self.edit_more(what % 16, a, b, word),
        }
        self.settle_times();
    }

    /// Runs an edit that concerns more than a story, or one of those before.
    fn edit_more(&mut self, what: u8, a: usize, b: usize, word: &str) {
        let (story, other) = ((a % 4 + 1) as i64, (b % 4 + 1) as i64);
        let library = &mut self.library;
        let on = b.is_multiple_of(2);
        match what {
            9 => {
                let text = STORIES[a % 4];
                let words = Span::new(b % 5 * 3, b % 5 * 3 + 4).of(text);
                let mention = json!({"before": "", "words": words, "after": ""});
                let correction: Correction =
                    serde_json::from_value(json!({"kind": "split", "mention": mention})).unwrap();
                library.correct(story, &correction).unwrap();
            }
            10 if self.ids.len() > 1 && a % self.ids.len() != b % self.ids.len() => {
                library.merge_names(self.ids[a % self.ids.len()], self.ids[b % self.ids.len()]).unwrap();
            }
            11 if self.ids.len() > 1 => {
                let from = (on && a % self.ids.len() != b % self.ids.len()).then(|| self.ids[b % self.ids.len()]);
                library.split_name(self.ids[a % self.ids.len()], from).unwrap();
            }
            12 => {
                let query = format!("{word} is:unread");
                library.save_view(["Ferries", "Weirs", "weirs (2)"][a % 3], (b < 200).then_some(&query)).unwrap();
            }
            13 => {
                library.move_view(["Ferries", "Weirs", "Weirs (2)"][a % 3], on).unwrap();
            }
            14 if story != other => {
                library.set(&[story, other], &[Change::Merge, Change::Split][b / 4 % 2]).unwrap();
            }
            _ => {
                let direction = if on { Direction::Undo } else { Direction::Redo };
                if let Some(last) = library.last_change(direction, By::Session).unwrap() {
                    library.replay(direction, last.id).ok();
                }
            }
        }
    }

    /// Gives what was edited last a time of its own. Equal runs need equal times.
    fn settle_times(&mut self) {
        self.time += 10;
        // The times of the clock are earlier.
        let sql = format!(
            "UPDATE highlights SET created = {0} / 1000 WHERE created < 2000000000;
             UPDATE notes SET changed = {0} / 1000 WHERE changed < 2000000000;
             UPDATE positions SET changed = {0} / 1000 WHERE changed < 2000000000;
             UPDATE pair_touched SET at = {0} WHERE at < 2000000000000",
            self.time
        );
        self.library.connection().execute_batch(&sql).unwrap();
    }
}

/// Creates machines that have paired once, edits each on its own, then pairs them in an order. Returns their states.
fn paired(all: &[Vec<Edit>], order: &[usize], before: usize) -> Vec<Vec<String>> {
    let folder = Folder::new();
    let mut machines: Vec<Machine> = (0..all.len()).map(|at| folder.machine(["a", "b", "c"][at])).collect();
    for (number, (machine, edits)) in machines.iter_mut().zip(all).enumerate() {
        machine.read_names();
        machine.time = 2_000_000_000_000 + number as i64;
        for edit in edits.iter().take(before) {
            machine.edit(*edit);
        }
    }
    for at in (0..all.len()).chain(0..all.len()) {
        machines[at].pair();
    }
    for (machine, edits) in machines.iter_mut().zip(all) {
        for edit in edits.iter().skip(before) {
            machine.edit(*edit);
        }
    }
    for at in order {
        machines[*at].pair();
    }
    let files = folder.files();
    for machine in &mut machines {
        let again = machine.pair();
        assert_eq!((again.sent, &again.received), (0, &Vec::new()), "a second pairing did something");
    }
    assert!(folder.files() == files, "a second pairing wrote something");
    machines.iter().map(Machine::state).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn two_libraries_edited_apart_are_equal_in_either_order(a in edits(100), b in edits(100), before in 0_usize..60) {
        let all = [a, b];
        let one = paired(&all, &[0, 1, 0], before);
        let other = paired(&all, &[1, 0, 1], before);
        prop_assert_eq!(&one[0], &one[1]);
        prop_assert_eq!(&one, &other);
        prop_assert!(one[0].len() > 10, "{:?}", one[0]);
    }

    #[test]
    fn three_libraries_are_equal_in_any_order(a in edits(40), b in edits(40), c in edits(40), before in 0_usize..20) {
        let all = [a, b, c];
        let one = paired(&all, &[0, 1, 2, 0, 1], before);
        let other = paired(&all, &[2, 1, 0, 1, 2, 1], before);
        prop_assert_eq!(&one[0], &one[1]);
        prop_assert_eq!(&one[0], &one[2]);
        prop_assert_eq!(&one, &other);
    }
}
