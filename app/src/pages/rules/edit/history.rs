//! Undo and redo: whole trees, newest last. What is typed into one place counts as one change.

use domain::rules::RuleTree;

/// Changes kept.
const MOST: usize = 100;

/// Trees before and after the one shown.
#[derive(Clone, Debug, Default)]
pub struct History {
    before: Vec<RuleTree>,
    after: Vec<RuleTree>,
    last: String,
}

impl History {
    /// Notes a change made from `old`. Changes of the same `place` in a row are one; an empty place never joins.
    pub fn note(&mut self, old: RuleTree, place: &str) {
        let joins = !place.is_empty() && self.last == place && self.after.is_empty() && !self.before.is_empty();
        self.last = place.to_owned();
        self.after.clear();
        if joins {
            return;
        }
        self.before.push(old);
        if self.before.len() > MOST {
            self.before.remove(0);
        }
    }
    /// The tree before the last change.
    pub fn undo(&mut self, now: RuleTree) -> Option<RuleTree> {
        let old = self.before.pop()?;
        self.after.push(now);
        self.last.clear();
        Some(old)
    }
    /// The tree before the last undo.
    pub fn redo(&mut self, now: RuleTree) -> Option<RuleTree> {
        let new = self.after.pop()?;
        self.before.push(now);
        self.last.clear();
        Some(new)
    }
    /// Whether there is something to undo, and to redo.
    pub fn depth(&self) -> (bool, bool) {
        (!self.before.is_empty(), !self.after.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rules::{Node, Trigger};

    fn tree(event: &str) -> RuleTree {
        let trigger = Trigger::of(event);
        RuleTree { v: 1, trigger, when: Node::always(), then: Vec::new() }
    }

    #[test]
    fn typing_is_one_change_and_a_new_change_forgets_what_was_undone() {
        let mut history = History::default();
        history.note(tree("a"), "then/0");
        history.note(tree("ab"), "then/0");
        history.note(tree("abc"), "");
        assert_eq!(history.undo(tree("abcd")), Some(tree("abc")));
        assert_eq!(history.undo(tree("abc")), Some(tree("a")));
        assert_eq!(history.undo(tree("a")), None);
        assert_eq!(history.redo(tree("a")), Some(tree("abc")));
        assert_eq!(history.depth(), (true, true));
        history.note(tree("abc"), "then/0");
        assert_eq!(history.depth(), (true, false));
    }
}
