//! Places in a tree as the check of rules names them (`when/0/1`, `then/2/t/0`, `then/2/if/1`): finding, adding, removing and
//! moving conditions and steps. Pure.

use domain::rules::{Act, Node, RuleTree, Step};

/// A condition or a step taken out of its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Node(Node),
    Step(Step),
}

/// What lies at a place.
enum Spot<'a> {
    Node(&'a mut Node),
    Step(&'a mut Step),
    Steps(&'a mut Vec<Step>),
}

/// The two lists of steps inside a step.
fn lists_mut(act: &mut Act) -> [Option<&mut Vec<Step>>; 2] {
    match act {
        Act::Branch { then, otherwise, .. } => [Some(then), Some(otherwise)],
        Act::WaitForAnswer { answered, silent, .. } => [Some(answered), Some(silent)],
        Act::Approve { then, refused, .. } => [Some(then), Some(refused)],
        _ => [None, None],
    }
}

fn members_mut(node: &mut Node) -> Option<&mut Vec<Node>> {
    match node {
        Node::All { of } | Node::Any { of } | Node::None { of } => Some(of),
        Node::Test { .. } => None,
    }
}

fn spot<'a>(tree: &'a mut RuleTree, at: &str) -> Option<Spot<'a>> {
    let mut way = at.split('/');
    let mut here = match way.next()? {
        "when" => Spot::Node(&mut tree.when),
        "then" => Spot::Steps(&mut tree.then),
        _ => return None,
    };
    for part in way {
        here = match (here, part) {
            (Spot::Node(node), index) => Spot::Node(members_mut(node)?.get_mut(index.parse::<usize>().ok()?)?),
            (Spot::Steps(steps), index) => Spot::Step(steps.get_mut(index.parse::<usize>().ok()?)?),
            (Spot::Step(step), "if") => match &mut step.act {
                Act::Branch { when, .. } => Spot::Node(when),
                _ => return None,
            },
            (Spot::Step(step), "t") => Spot::Steps(lists_mut(&mut step.act).into_iter().next()??),
            (Spot::Step(step), "o") => Spot::Steps(lists_mut(&mut step.act).into_iter().nth(1)??),
            _ => return None,
        };
    }
    Some(here)
}

/// The condition or group at a place.
pub fn node<'a>(tree: &'a RuleTree, at: &str) -> Option<&'a Node> {
    let (mut here, rest) = match at.find("/if") {
        Some(cut) => match &step(tree, &at[..cut])?.act {
            Act::Branch { when, .. } => (when, &at[cut + 3..]),
            _ => return None,
        },
        None => (&tree.when, at.strip_prefix("when")?),
    };
    for index in rest.split('/').skip(1) {
        here = here.children().get(index.parse::<usize>().ok()?)?;
    }
    Some(here)
}

/// The list of steps at a place (`then`, `then/2/t`).
pub fn steps<'a>(tree: &'a RuleTree, at: &str) -> Option<&'a [Step]> {
    match at.rsplit_once('/') {
        None => (at == "then").then_some(tree.then.as_slice()),
        Some((outer, side)) => step(tree, outer)?.act.inside()[usize::from(side == "o")],
    }
}

/// The step at a place.
pub fn step<'a>(tree: &'a RuleTree, at: &str) -> Option<&'a Step> {
    let (list, index) = at.rsplit_once('/')?;
    steps(tree, list)?.get(index.parse::<usize>().ok()?)
}

/// Changes the condition or group at a place.
pub fn change_node(tree: &mut RuleTree, at: &str, change: impl FnOnce(&mut Node)) {
    if let Some(Spot::Node(node)) = spot(tree, at) {
        change(node);
    }
}

/// Changes the step at a place.
pub fn change_step(tree: &mut RuleTree, at: &str, change: impl FnOnce(&mut Step)) {
    if let Some(Spot::Step(step)) = spot(tree, at) {
        change(step);
    }
}

/// The list a piece lies in, and its index there.
pub fn apart(at: &str) -> Option<(&str, usize)> {
    let (list, index) = at.rsplit_once('/')?;
    Some((list, index.parse().ok()?))
}

/// How many members the list at a place has.
pub fn length(tree: &RuleTree, list: &str) -> usize {
    match node(tree, list).filter(|_| !is_list_of_steps(list)) {
        Some(node) => node.children().len(),
        None => steps(tree, list).map_or(0, <[Step]>::len),
    }
}

fn is_list_of_steps(list: &str) -> bool {
    list == "then" || list.ends_with("/t") || list.ends_with("/o")
}

/// Puts a piece into a list; `false` when it does not belong there.
pub fn insert(tree: &mut RuleTree, list: &str, index: usize, piece: Piece) -> bool {
    match (spot(tree, list), piece) {
        (Some(Spot::Steps(steps)), Piece::Step(step)) => steps.insert(index.min(steps.len()), step),
        (Some(Spot::Node(node)), Piece::Node(new)) => match members_mut(node) {
            Some(members) => members.insert(index.min(members.len()), new),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// Takes a piece out.
pub fn remove(tree: &mut RuleTree, at: &str) -> Option<Piece> {
    let (list, index) = apart(at)?;
    match spot(tree, list)? {
        Spot::Steps(steps) => (index < steps.len()).then(|| Piece::Step(steps.remove(index))),
        Spot::Node(node) => {
            let members = members_mut(node)?;
            (index < members.len()).then(|| Piece::Node(members.remove(index)))
        }
        Spot::Step(_) => None,
    }
}

/// A copy of what lies there.
pub fn copy(tree: &RuleTree, at: &str) -> Option<Piece> {
    let (list, _) = apart(at)?;
    match is_list_of_steps(list) {
        true => step(tree, at).cloned().map(Piece::Step),
        false => node(tree, at).cloned().map(Piece::Node),
    }
}

/// Moves a piece before the `index`-th member of a list. Answers its new place; `None` when it cannot go there.
pub fn shift(tree: &mut RuleTree, from: &str, list: &str, index: usize) -> Option<String> {
    let (old_list, old_index) = apart(from)?;
    if list == from || list.starts_with(&format!("{from}/")) {
        return None;
    }
    let index = if list == old_list && index > old_index { index - 1 } else { index };
    let target = after_removal(old_list, old_index, list);
    let mut changed = tree.clone();
    let piece = remove(&mut changed, from)?;
    if !insert(&mut changed, &target, index, piece) {
        return None;
    }
    *tree = changed;
    Some(format!("{target}/{index}"))
}

/// The same place once a member of `list` is gone.
fn after_removal(list: &str, index: usize, place: &str) -> String {
    let Some(rest) = place.strip_prefix(list).and_then(|rest| rest.strip_prefix('/')) else { return place.to_owned() };
    let (number, tail) = rest.split_once('/').map_or((rest, None), |(number, tail)| (number, Some(tail)));
    match (number.parse::<usize>(), tail) {
        (Ok(number), Some(tail)) if number > index => format!("{list}/{}/{tail}", number - 1),
        (Ok(number), None) if number > index => format!("{list}/{}", number - 1),
        _ => place.to_owned(),
    }
}

/// Where an arrow key takes a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
    /// Into the group or branch beside it.
    In,
    /// Out of its group or branch.
    Out,
}

/// Moves a piece one step; `None` when there is nowhere to go.
pub fn nudge(tree: &mut RuleTree, at: &str, way: Way) -> Option<String> {
    let (list, index) = apart(at)?;
    let (list, index) = (list.to_owned(), index);
    match way {
        Way::Up if index > 0 => shift(tree, at, &list, index - 1),
        Way::Down if index + 1 < length(tree, &list) => shift(tree, at, &list, index + 2),
        Way::Up | Way::Down => None,
        Way::In => {
            let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            for other in beside {
                let other = format!("{list}/{other}");
                let inner = if is_list_of_steps(&list) { format!("{other}/t") } else { other };
                let end = length(tree, &inner);
                if let Some(place) = shift(tree, at, &inner, end) {
                    return Some(place);
                }
            }
            None
        }
        Way::Out => {
            let holder = match is_list_of_steps(&list) {
                true => list.rsplit_once('/')?.0.to_owned(),
                false => list,
            };
            let (outer, index) = apart(&holder)?;
            shift(tree, at, outer, index + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rules::{Op, Trigger};

    fn test(field: &str) -> Node {
        Node::Test { field: field.into(), op: Op::Present }
    }
    fn say(text: &str) -> Step {
        Step { after: None, act: Act::Comment { text: text.into() } }
    }
    fn tree() -> RuleTree {
        let when = Node::All { of: vec![test("a"), Node::Any { of: vec![test("b"), test("c")] }, test("d")] };
        let branch =
            Act::Branch { when: Node::All { of: vec![test("e")] }, then: vec![say("1")], otherwise: vec![say("2")] };
        RuleTree {
            v: 1,
            trigger: Trigger::of("order.created"),
            when,
            then: vec![say("0"), Step { after: None, act: branch }],
        }
    }
    fn field<'a>(tree: &'a RuleTree, at: &str) -> &'a str {
        match node(tree, at) {
            Some(Node::Test { field, .. }) => field,
            _ => "",
        }
    }

    #[test]
    fn every_place_of_the_check_is_found() {
        let mut tree = tree();
        for (at, name) in [("when/0", "a"), ("when/1/1", "c"), ("then/1/if/0", "e")] {
            assert_eq!(field(&tree, at), name);
        }
        for (at, text) in [("then/0", "0"), ("then/1/t/0", "1"), ("then/1/o/0", "2")] {
            assert_eq!(step(&tree, at), Some(&say(text)));
            change_step(&mut tree, at, |step| *step = say("x"));
            assert_eq!(step(&tree, at), Some(&say("x")));
        }
        change_node(&mut tree, "then/1/if/0", |node| *node = test("z"));
        assert_eq!(field(&tree, "then/1/if/0"), "z");
        for nowhere in ["", "when/9", "then/0/t", "then/1/if/0/0", "else", "when/x"] {
            assert!(node(&tree, nowhere).is_none() && step(&tree, nowhere).is_none(), "{nowhere}");
        }
    }

    #[test]
    fn moving_keeps_the_rest_in_order() {
        let mut moved = tree();
        assert_eq!(shift(&mut moved, "when/0", "when/1", 0).as_deref(), Some("when/0/0"));
        assert_eq!([field(&moved, "when/0/0"), field(&moved, "when/0/1"), field(&moved, "when/1")], ["a", "b", "d"]);
        let mut moved = tree();
        assert_eq!(nudge(&mut moved, "when/1/0", Way::Out).as_deref(), Some("when/2"));
        assert_eq!([field(&moved, "when/1/0"), field(&moved, "when/2"), field(&moved, "when/3")], ["c", "b", "d"]);
        let mut moved = tree();
        assert_eq!(nudge(&mut moved, "then/0", Way::In).as_deref(), Some("then/0/t/1"));
        assert_eq!(step(&moved, "then/0/t/1"), Some(&say("0")));
        assert_eq!(nudge(&mut moved, "then/0/t/0", Way::Down).as_deref(), Some("then/0/t/1"));
        assert_eq!(nudge(&mut moved, "then/0/t/0", Way::Out).as_deref(), Some("then/1"));
    }

    #[test]
    fn nothing_goes_into_itself_or_where_it_does_not_belong() {
        let mut same = tree();
        assert_eq!(shift(&mut same, "when/1", "when/1", 0), None);
        assert_eq!(shift(&mut same, "then/1", "then/1/t", 0), None);
        assert_eq!(shift(&mut same, "when/0", "then", 0), None);
        assert_eq!(shift(&mut same, "then/0", "when", 0), None);
        assert_eq!(nudge(&mut same, "when/0", Way::Up), None);
        assert_eq!(nudge(&mut same, "then/0", Way::Out), None);
        assert_eq!(same, tree());
    }
}
