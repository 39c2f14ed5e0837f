//! A rule in words, line by line: what readers, «Почему?», the comparison of versions and the preview show. Pure.

use super::ops::rest_text;
use super::words::{call_text, field_name, field_text, trigger_text};
use crate::format::{Format, time_of_day};
use crate::pages::orders;
use domain::custom::PREFIX;
use domain::ids::UserId;
use domain::rules::{Act, DateOf, Delay, FieldKind, FieldSpec, Node, RuleTree, Step};
use domain::views::RuleOffer;
use texts::Texts;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// «Когда …».
    Trigger,
    /// Head of a group of conditions.
    Group,
    /// One condition.
    Test,
    /// A wait before a step.
    Delay,
    /// A step.
    Step,
    /// Head of a list of steps inside a step.
    Side,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub kind: LineKind,
    /// Place in the tree, as the check names it.
    pub at: String,
    pub depth: usize,
    /// «Когда», «Если», «То»; "" within.
    pub lead: String,
    pub text: String,
    /// A text somebody gets.
    pub quote: String,
    /// The field a condition asks about.
    pub field: String,
}

/// What the words need to know.
#[derive(Clone, Copy)]
pub struct Speech<'a> {
    pub t: Texts,
    pub f: Format,
    pub currency: &'a str,
    pub offer: &'a RuleOffer,
}

impl Speech<'_> {
    /// What is known about a field of this trigger; a field nobody knows counts as text.
    pub fn field(self, event: &str, key: &str) -> FieldSpec {
        let trigger = self.offer.triggers.iter().find(|trigger| trigger.event == event);
        let known = trigger.and_then(|trigger| trigger.fields.iter().find(|field| field.key == key));
        known.cloned().unwrap_or_else(|| FieldSpec::new(key, FieldKind::Text))
    }
    /// The name of a member.
    pub fn member(self, id: UserId) -> String {
        let found = self.offer.members.iter().find(|member| member.id == id);
        found.map_or_else(|| self.t.rules_gone_member(), |member| member.name.clone())
    }
    /// The name of a field, whoever brings it.
    pub fn name(self, key: &str) -> String {
        let mut all = self.offer.triggers.iter().flat_map(|trigger| &trigger.fields);
        all.find(|field| field.key == key).map_or_else(|| field_text(self.t, key), |field| field_name(self.t, field))
    }
    /// A day counted from a date.
    fn date(self, date: &DateOf) -> String {
        let (t, name) = (self.t, format!("«{}»", self.name(&date.field)));
        let days = self.f.duration(i64::from(date.days.unsigned_abs()) * 86_400_000);
        let day = match date.days {
            0 => name,
            ..0 => format!("{name}, {}", t.rules_date_before(days)),
            _ => format!("{name}, {}", t.rules_date_after(days)),
        };
        if date.yearly { format!("{day}, {}", t.rules_date_yearly()) } else { day }
    }
    fn minutes(self, minutes: u32) -> String {
        self.f.duration(i64::from(minutes) * 60_000)
    }
    /// One condition.
    pub fn test(self, event: &str, node: &Node) -> String {
        let Node::Test { field, op } = node else { return self.group(node) };
        let field = self.field(event, field);
        format!("{} {}", field_name(self.t, &field), rest_text(self.t, self.f, self.currency, &field, op))
    }
    /// The head of a group.
    pub fn group(self, node: &Node) -> String {
        match node {
            Node::Any { .. } => self.t.rules_group_any(),
            Node::None { .. } => self.t.rules_group_none(),
            _ => self.t.rules_group_all(),
        }
    }
    /// A wait.
    pub fn delay(self, delay: &Delay) -> String {
        let t = self.t;
        match delay {
            Delay::Minutes { minutes } => t.rules_words_delay(self.minutes(*minutes)),
            Delay::InHours { minutes } => t.rules_words_delay_hours(self.minutes(*minutes)),
            Delay::Until { field, shift_minutes } => {
                let (name, time) = (self.name(field), self.minutes(shift_minutes.unsigned_abs()));
                match shift_minutes {
                    0 => t.rules_words_delay_at(name),
                    ..0 => t.rules_words_delay_before(name, time),
                    _ => t.rules_words_delay_after(name, time),
                }
            }
        }
    }
    /// A step without its text.
    pub fn act(self, act: &Act) -> String {
        let t = self.t;
        match act {
            Act::SendMessage { .. } => t.rules_act_send_message(),
            Act::InviteToReview { quiet_days: 0, .. } => t.rules_act_invite_to_review(),
            Act::InviteToReview { quiet_days, .. } => {
                format!("{}, {}", t.rules_act_invite_to_review(), t.rules_words_quiet(quiet_days.to_string()))
            }
            Act::Assign { member: Some(id) } => t.rules_words_assign(self.member(*id)),
            Act::Assign { member: None } => t.rules_act_unassign(),
            Act::AssignFree => t.rules_act_assign_free(),
            Act::AddTag { tag } => t.rules_words_add_tag(tag),
            Act::RemoveTag { tag } => t.rules_words_remove_tag(tag),
            Act::SetField { field, .. } => t.rules_words_set_field(self.name(&format!("{PREFIX}{field}"))),
            Act::Comment { .. } => t.rules_act_comment(),
            Act::ChangeOrder { status } => t.rules_words_change_order(orders::status_text(t, *status)),
            Act::CreateOrder { .. } => t.rules_act_create_order(),
            Act::CloseChat => t.rules_act_close_chat(),
            Act::SaveContact { .. } => t.rules_act_save_contact(),
            Act::CallWebhook { .. } => t.rules_act_call_webhook(),
            Act::UseService { connection_id, action, .. } => {
                let mut all = self.offer.services.iter().map(|call| &call.connection);
                let name = all.find(|it| it.id == *connection_id).map(|it| it.name.clone());
                t.rules_words_service(call_text(t, action), name.unwrap_or_else(|| t.rules_gone_connection()))
            }
            Act::Notify { member, .. } => t.rules_words_notify(self.member(*member)),
            Act::Branch { .. } => t.rules_act_branch(),
            Act::WaitForAnswer { minutes, .. } => t.rules_words_wait(self.minutes(*minutes)),
            Act::Approve { member, minutes, otherwise_yes, .. } => {
                let who = member.map_or_else(|| t.rules_anybody(), |id| self.member(id));
                let time = self.minutes(*minutes);
                let rest = match otherwise_yes {
                    true => t.rules_words_approve_yes(time),
                    false => t.rules_words_approve_no(time),
                };
                format!("{}; {rest}", t.rules_words_approve(who))
            }
            Act::Stop => t.rules_act_stop(),
        }
    }
}

/// Whether an input of a service's call says something to people; the others only lead to what it is about.
pub fn is_said(input: &str) -> bool {
    !input.ends_with("_id")
}

/// The texts of a step.
pub fn quote(act: &Act) -> String {
    match act {
        // Its field stands in its words.
        Act::SetField { text, .. } => text.clone(),
        Act::UseService { fields, .. } => {
            let said = fields.iter().filter(|field| is_said(&field.name) && !field.text.is_empty());
            said.map(|field| field.text.clone()).collect::<Vec<_>>().join(", ")
        }
        act if act.texts().is_empty() && !matches!(act, Act::CallWebhook { .. }) => String::new(),
        act => act.said(),
    }
}

/// Heads of the two lists inside a step.
pub fn sides(t: Texts, act: &Act) -> [String; 2] {
    match act {
        Act::WaitForAnswer { .. } => [t.rules_in_answered(), t.rules_in_silent()],
        Act::Approve { .. } => [t.rules_in_agreed(), t.rules_in_refused()],
        _ => [t.rules_in_yes(), t.rules_in_no()],
    }
}

/// The whole rule.
pub fn outline(speech: Speech<'_>, tree: &RuleTree) -> Vec<Line> {
    let t = speech.t;
    let mut lines = Lines { speech, event: &tree.trigger.event, found: Vec::new() };
    let mut text = trigger_text(t, &tree.trigger.event);
    if let Some(minutes) = tree.trigger.minutes {
        text = match tree.trigger.event.as_str() {
            "day.time" => format!("{text} {}", time_of_day(minutes % 1_440)),
            "contact.date" => {
                let date = tree.trigger.date.as_ref().map(|date| speech.date(date)).unwrap_or_default();
                format!("{text}: {date}, {}", t.rules_date_at(time_of_day(minutes % 1_440)))
            }
            "order.deadline" => format!("{text} {} {}", t.rules_minutes_before(), speech.minutes(minutes)),
            _ => format!("{text} {} {}", t.rules_minutes_without(), speech.minutes(minutes)),
        };
    }
    if let Some(id) = tree.trigger.connection_id {
        let mut all = speech.offer.triggers.iter().flat_map(|trigger| &trigger.connections);
        let name = all.find(|it| it.id == id).map_or_else(|| t.rules_gone_connection(), |it| it.name.clone());
        text = format!("{text} {}", t.rules_words_through(name));
    }
    lines.say(LineKind::Trigger, "trigger", 0, t.rules_when(), text, "");
    lines.node(&tree.when, "when", 0, t.rules_if());
    lines.steps(&tree.then, "then", 0, true);
    lines.found
}

/// The conditions of one branch or rule, in the order an evaluation sees them.
pub fn conditions(speech: Speech<'_>, event: &str, node: &Node, at: &str) -> Vec<Line> {
    let mut lines = Lines { speech, event, found: Vec::new() };
    lines.node(node, at, 0, String::new());
    lines.found
}

struct Lines<'a> {
    speech: Speech<'a>,
    event: &'a str,
    found: Vec<Line>,
}

impl Lines<'_> {
    fn say(&mut self, kind: LineKind, at: &str, depth: usize, lead: String, text: String, quote: &str) {
        let (at, quote) = (at.to_owned(), quote.to_owned());
        self.found.push(Line { kind, at, depth, lead, text, quote, field: String::new() });
    }

    fn node(&mut self, node: &Node, at: &str, depth: usize, lead: String) {
        let (t, speech) = (self.speech.t, self.speech);
        match node {
            Node::Test { field, .. } => {
                self.say(LineKind::Test, at, depth, lead, speech.test(self.event, node), "");
                if let Some(line) = self.found.last_mut() {
                    line.field.clone_from(field);
                }
            }
            group => {
                let empty = group.children().is_empty();
                let text = match group {
                    Node::Any { .. } if empty => t.rules_group_empty_any(),
                    _ if empty => t.rules_always(),
                    _ => format!("{}:", speech.group(group)),
                };
                self.say(LineKind::Group, at, depth, lead, text, "");
                for (n, child) in group.children().iter().enumerate() {
                    self.node(child, &format!("{at}/{n}"), depth + 1, String::new());
                }
            }
        }
    }

    fn steps(&mut self, steps: &[Step], at: &str, depth: usize, top: bool) {
        let (t, speech) = (self.speech.t, self.speech);
        for (n, step) in steps.iter().enumerate() {
            let at = format!("{at}/{n}");
            let mut lead = match (top, n) {
                (true, 0) => t.rules_then(),
                (true, _) => t.rules_next(),
                _ => String::new(),
            };
            if let Some(delay) = &step.after {
                self.say(LineKind::Delay, &at, depth, std::mem::take(&mut lead), speech.delay(delay), "");
            }
            self.say(LineKind::Step, &at, depth, lead, speech.act(&step.act), &quote(&step.act));
            if let Act::Branch { when, .. } = &step.act {
                self.node(when, &format!("{at}/if"), depth + 1, t.rules_if());
            }
            let heads = sides(t, &step.act);
            for ((list, letter), head) in step.act.inside().into_iter().zip(["t", "o"]).zip(heads) {
                let Some(list) = list.filter(|list| !list.is_empty()) else { continue };
                let at = format!("{at}/{letter}");
                self.say(LineKind::Side, &at, depth + 1, String::new(), format!("{head}:"), "");
                self.steps(list, &at, depth + 2, false);
            }
        }
    }
}

/// The place of a step as runs note it: `then/2/t/1` is `2t1`.
pub fn run_place(at: &str) -> String {
    at.strip_prefix("then/").unwrap_or(at).replace('/', "")
}

/// How a line fares between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Same,
    Added,
    Removed,
}

/// The lines of both versions, marked. By the longest common run of lines; both are short.
pub fn compare(old: &[Line], new: &[Line]) -> Vec<(Fate, Line)> {
    let same = |a: &Line, b: &Line| a.text == b.text && a.quote == b.quote && a.depth == b.depth && a.kind == b.kind;
    let mut common = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = match same(&old[i], &new[j]) {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && same(&old[i], &new[j]) {
            lines.push((Fate::Same, new[j].clone()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push((Fate::Removed, old[i].clone()));
            i += 1;
        } else {
            lines.push((Fate::Added, new[j].clone()));
            j += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    fn tree(json: &str) -> RuleTree {
        RuleTree::parse(json).unwrap()
    }
    fn words(tree: &RuleTree) -> Vec<Line> {
        let t = texts::load(Language::Ru);
        let offer = RuleOffer::default();
        outline(Speech { t, f: Format::new(t, Language::Ru, 0), currency: "RUB", offer: &offer }, tree)
    }
    const RULE: &str = r#"{"v":1,"trigger":{"event":"order.created"},"when":{"is":"all","of":[
        {"is":"test","field":"contact.city","op":{"is":"contains","value":"Тверь"}},
        {"is":"any","of":[{"is":"test","field":"contact.email","op":{"is":"absent"}}]}]},
        "then":[{"after":{"is":"in_hours","minutes":120},"act":{"do":"branch","when":{"is":"all","of":[]},
        "then":[{"act":{"do":"send_message","text":"Привет"}}],"otherwise":[{"act":{"do":"stop"}}]}}]}"#;

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let lines: Vec<String> = words(&tree(RULE))
            .iter()
            .map(|line| format!("{}{} {}", " ".repeat(line.depth), line.lead, line.text).trim_end().to_owned())
            .collect();
        let expected = [
            "Когда создан заказ",
            "Если выполнено всё:",
            "  Город клиента содержит «Тверь»",
            "  выполнено хотя бы одно:",
            "   Почта клиента отсутствует",
            "То подождать 2\u{a0}ч и дождаться рабочего времени",
            " проверить условия",
            " Если Условий нет: правило срабатывает каждый раз.",
            "  Условия выполнены:",
            "   написать клиенту",
            "  Иначе:",
            "   остановиться",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_follow_the_order_of_an_evaluation() {
        let tree = tree(RULE);
        let seen = domain::rules::weigh(&tree.when, &domain::rules::Facts::default()).1;
        let nodes = words(&tree).iter().filter(|line| line.at.starts_with("when")).count();
        assert_eq!(nodes, seen.len());
        assert_eq!(run_place("then/2/t/10/o/0"), "2t10o0");
    }

    #[test]
    fn versions_differ_where_they_differ() {
        let changed = tree(&RULE.replace("Тверь", "Псков"));
        let marks = compare(&words(&tree(RULE)), &words(&changed));
        let changes: Vec<_> = marks.iter().filter(|m| m.0 != Fate::Same).map(|m| (m.0, m.1.text.as_str())).collect();
        let (old, new) = ("Город клиента содержит «Тверь»", "Город клиента содержит «Псков»");
        assert_eq!(changes, [(Fate::Removed, old), (Fate::Added, new)]);
        assert!(compare(&words(&changed), &words(&changed)).iter().all(|mark| mark.0 == Fate::Same));
    }
}
