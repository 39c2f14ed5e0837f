//! Properties that hold for every rule, however hostile, and examples of the logic.

use super::tree::{MOST_BYTES, MOST_DEPTH, Malformed, VERSION};
use super::weigh::weigh;
use super::*;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const NOW: i64 = 1_795_168_800_000; // Friday, 20 November 2026, 10:00 UTC
const FIELDS: [&str; 5] = ["contact.name", "order.total", "event.at", "chat.tags", "contact.vip"];

fn facts() -> Facts {
    Facts { at: NOW, ..Facts::default() }
}

fn test(field: &str, op: Op) -> Node {
    Node::Test { field: field.into(), op }
}

fn truth(node: &Node, facts: &Facts) -> Truth {
    weigh(node, facts).0
}

fn rule(when: Node, then: Vec<Step>) -> RuleTree {
    let trigger = Trigger::of("order.status_changed");
    RuleTree { v: VERSION, trigger, when, then }
}

fn step(act: Act) -> Step {
    Step { after: None, act }
}

fn say(text: &str) -> Step {
    step(Act::SendMessage { text: text.into() })
}

/// Quarters: what JSON gives back to the last bit.
fn number() -> impl Strategy<Value = f64> {
    any::<i32>().prop_map(|quarters| f64::from(quarters) / 4.0)
}

fn op() -> impl Strategy<Value = Op> {
    let text = "[а-яёА-ЯЁa-z0-9+ ]{0,12}";
    let texts = || prop::collection::vec(text, 0..4);
    prop_oneof![
        text.prop_map(|value| Op::Equal { value }),
        text.prop_map(|value| Op::NotEqual { value }),
        texts().prop_map(|values| Op::NoneOf { values }),
        text.prop_map(|value| Op::Contains { value }),
        number().prop_map(|number| Op::Less { number }),
        (number(), number()).prop_map(|(from, to)| Op::Between { from, to }),
        any::<i64>().prop_map(|at| Op::Before { at }),
        any::<u32>().prop_map(|minutes| Op::Within { minutes }),
        any::<u32>().prop_map(|minutes| Op::Older { minutes }),
        texts().prop_map(|values| Op::HasNone { values }),
        Just(Op::OutOfHours),
        Just(Op::No),
        Just(Op::Present),
        Just(Op::Absent),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = (prop::sample::select(&FIELDS[..]), op()).prop_map(|(field, op)| test(field, op));
    leaf.prop_recursive(4, 40, 4, |inner| {
        let of = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            of().prop_map(|of| Node::All { of }),
            of().prop_map(|of| Node::Any { of }),
            of().prop_map(|of| Node::None { of }),
        ]
    })
}

fn delay() -> impl Strategy<Value = Option<Delay>> {
    prop_oneof![
        3 => Just(None),
        1 => (0u32..10_000).prop_map(|minutes| Some(Delay::Minutes { minutes })),
        1 => (0u32..10_000).prop_map(|minutes| Some(Delay::InHours { minutes })),
        1 => (-5_000i32..5_000).prop_map(|shift_minutes| Some(Delay::Until { field: "event.at".into(), shift_minutes })),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let plain =
        (delay(), "[а-я{} |:a-z._]{0,20}").prop_map(|(after, text)| Step { after, act: Act::SendMessage { text } });
    let stop = Just(step(Act::Stop));
    let leaf = prop_oneof![6 => plain.boxed(), 1 => stop.boxed()];
    let one = leaf.prop_recursive(3, 20, 3, |inner| {
        let list = || prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            (node(), list(), list()).prop_map(|(when, then, otherwise)| step(Act::Branch { when, then, otherwise })),
            (1u32..100, list(), list()).prop_map(|(minutes, answered, silent)| step(Act::WaitForAnswer {
                minutes,
                answered,
                silent
            })),
        ]
    });
    prop::collection::vec(one, 0..5)
}

fn known() -> impl Strategy<Value = Facts> {
    let value = prop_oneof![
        Just(Json::Null),
        any::<i64>().prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        "\\PC{0,30}".prop_map(Json::from),
        prop::collection::vec("[а-я]{0,5}", 0..3).prop_map(Json::from),
        Just(json!({"deep": [1, {"er": 2}]})),
    ];
    let offset = -720i32..840;
    (
        prop::collection::btree_map(prop::sample::select(&FIELDS[..]).prop_map(str::to_owned), value, 0..5),
        any::<i64>(),
        offset,
    )
        .prop_map(|(fields, at, offset_minutes)| Facts {
            at,
            hours: Hours { offset_minutes, ..Hours::default() },
            fields,
        })
}

/// Drives a run to its end, always giving the same answer; bounded by the number of steps.
fn all_of(tree: &RuleTree, facts: &Facts) -> Vec<Walk> {
    let mut walks = vec![start(tree, facts)];
    for _ in 0..=tree.steps().len() {
        let next = match &walks[walks.len() - 1].halt {
            Halt::End | Halt::NoDate { .. } => return walks,
            Halt::Later { place, .. } => walk::resume(tree, facts, place, None),
            Halt::Answer { place, .. } | Halt::Approval { place, .. } => walk::resume(tree, facts, place, Some(true)),
        };
        walks.push(next);
    }
    panic!("the run does not end: {tree:?}");
}

proptest! {
    #[test]
    fn every_rule_ends_and_comes_to_the_same_twice(when in node(), then in steps(), facts in known()) {
        let tree = rule(when, then);
        let (truth, seen) = weigh(&tree.when, &facts);
        prop_assert_eq!(weigh(&tree.when, &facts), (truth, seen));
        let once = all_of(&tree, &facts);
        prop_assert!(once.iter().map(|walk| walk.todo.len()).sum::<usize>() <= tree.steps().len());
        prop_assert_eq!(&once, &all_of(&tree, &facts));
        let _ = problems(&tree, Some(&check::Offer::default()));
    }

    #[test]
    fn a_rule_survives_being_stored(when in node(), then in steps()) {
        let tree = rule(when, then);
        let text = serde_json::to_string(&tree).unwrap();
        if let Ok(read) = RuleTree::parse(&text) {
            prop_assert_eq!(read, tree);
        }
    }

    #[test]
    fn missing_data_never_turns_not_into_yes(op in op()) {
        let truth = truth(&test("contact.name", op.clone()), &facts());
        prop_assert_eq!(truth == Truth::Yes, op == Op::Absent);
        prop_assert_ne!(weigh(&Node::None { of: vec![test("contact.name", op.clone())] }, &facts()).0 == Truth::Yes,
            !matches!(op, Op::Present));
    }

    #[test]
    fn a_trace_has_one_line_for_every_node(when in node(), facts in known()) {
        let (_, seen) = weigh(&when, &facts);
        prop_assert_eq!(seen.len(), rule(when, vec![]).nodes().len());
        let text = serde_json::to_string(&seen).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Seen>>(&text).unwrap(), seen);
    }

    #[test]
    fn hostile_text_is_refused_or_bounded(text in "\\PC{0,300}", template in "[{}|:a-z. ]{0,200}") {
        let _ = RuleTree::parse(&text);
        let _ = text.parse::<Place>();
        if let Ok(template) = Template::parse(&template) {
            let _ = template.fill(&facts());
        }
    }

    #[test]
    fn places_are_written_and_read(path in prop::collection::vec((0u16..60, any::<bool>()), 1..6)) {
        let mut text = String::new();
        for (n, (index, side)) in path.iter().enumerate() {
            text.push_str(&index.to_string());
            if n + 1 < path.len() {
                text.push(if *side { 'o' } else { 't' });
            }
        }
        prop_assert_eq!(text.parse::<Place>().unwrap().to_string(), text);
    }

    #[test]
    fn the_next_working_moment_is_one_and_not_before(at in 0i64..4_000_000_000_000, offset_minutes in -720i32..840) {
        let hours = Hours { offset_minutes, ..Hours::default() };
        let next = hours.next_open(at);
        prop_assert!(next >= at && hours.open(next));
        prop_assert!(next == at || !hours.open(next - 1));
    }
}

#[test]
fn three_answers() {
    let facts = facts().with("contact.name", "Алёна Ершова").with("order.total", 740_000).with("contact.vip", false);
    let yes = test("contact.name", Op::Contains { value: "алена".into() });
    let no = test("contact.vip", Op::Yes);
    let unknown = test("chat.tags", Op::HasNone { values: vec!["спам".into()] });
    let all = |of: &[&Node]| Node::All { of: of.iter().map(|&node| node.clone()).collect() };
    let any = |of: &[&Node]| Node::Any { of: of.iter().map(|&node| node.clone()).collect() };
    assert_eq!(truth(&unknown, &facts), Truth::NoData);
    assert_eq!(truth(&all(&[&yes, &unknown]), &facts), Truth::NoData);
    assert_eq!(truth(&all(&[&no, &unknown]), &facts), Truth::No);
    assert_eq!(truth(&any(&[&yes, &unknown]), &facts), Truth::Yes);
    assert_eq!(truth(&any(&[&no, &unknown]), &facts), Truth::NoData);
    assert_eq!(truth(&Node::None { of: vec![no] }, &facts), Truth::Yes);
    assert_eq!(truth(&Node::None { of: vec![unknown] }, &facts), Truth::NoData);
    assert_eq!(truth(&Node::always(), &facts), Truth::Yes);
}

#[test]
fn operators() {
    let facts = facts()
        .with("contact.phone", "+79132041855")
        .with("order.total", 740_000)
        .with("order.created_at", NOW - 30 * 60_000)
        .with("now", NOW)
        .with("chat.tags", json!(["Гарантия", "VIP"]));
    let table: [(&str, Op, Truth); 12] = [
        ("contact.phone", Op::Equal { value: "8 (913) 204-18-55".into() }, Truth::Yes),
        ("contact.phone", Op::Less { number: 5.0 }, Truth::NoData),
        ("order.total", Op::Between { from: 740_000.0, to: 740_000.0 }, Truth::Yes),
        ("order.total", Op::More { number: 740_000.0 }, Truth::No),
        ("order.created_at", Op::Within { minutes: 30 }, Truth::Yes),
        ("order.created_at", Op::Older { minutes: 30 }, Truth::No),
        ("now", Op::InHours, Truth::Yes),
        ("chat.tags", Op::Has { value: "vip".into() }, Truth::Yes),
        ("chat.tags", Op::HasAll { values: vec!["vip".into(), "опт".into()] }, Truth::No),
        ("chat.tags", Op::HasNone { values: vec!["опт".into()] }, Truth::Yes),
        ("contact.email", Op::Absent, Truth::Yes),
        ("contact.email", Op::NotEqual { value: "a@b.example".into() }, Truth::NoData),
    ];
    for (field, op, wanted) in table {
        assert_eq!(truth(&test(field, op.clone()), &facts), wanted, "{field} {op:?}");
    }
}

#[test]
fn unknown_keys_and_words_are_refused() {
    let good = json!({"v": 1, "trigger": {"event": "order.created"}, "when": {"is": "all", "of": []},
        "then": [{"act": {"do": "close_chat"}}]});
    assert!(RuleTree::parse(&good.to_string()).is_ok());
    let broken: [(&str, Json); 5] = [
        ("/extra", json!(1)),
        ("/trigger/extra", json!(1)),
        ("/when/extra", json!([])),
        ("/then/0/extra", json!(1)),
        ("/then/0/act/do", json!("delete_everything")),
    ];
    for (path, value) in broken {
        let mut tree = good.clone();
        let (parent, key) = path.rsplit_once('/').unwrap();
        tree.pointer_mut(parent).unwrap()[key] = value;
        assert!(matches!(RuleTree::parse(&tree.to_string()), Err(Malformed::Json(_))), "{path}");
    }
}

#[test]
fn bounds_hold() {
    let deep = (0..MOST_DEPTH + 2).fold(Node::always(), |inner, _| Node::All { of: vec![inner] });
    assert_eq!(rule(deep, vec![]).bounded(), Err(Malformed::Depth));
    let wide = Node::Any { of: vec![Node::always(); 300] };
    assert_eq!(rule(wide, vec![]).bounded(), Err(Malformed::Nodes));
    assert_eq!(rule(Node::always(), vec![say("x"); 60]).bounded(), Err(Malformed::Steps));
    let late = Step { after: Some(Delay::Until { field: "event.at".into(), shift_minutes: i32::MIN }), act: Act::Stop };
    assert_eq!(rule(Node::always(), vec![late]).bounded(), Err(Malformed::Delay));
    assert_eq!(RuleTree::parse(&" ".repeat(MOST_BYTES + 1)), Err(Malformed::TooLong));
    assert_eq!(RuleTree { v: 2, ..rule(Node::always(), vec![]) }.bounded(), Err(Malformed::Version(2)));
    let nested = format!("{}1{}", "[".repeat(60_000), "]".repeat(60_000));
    assert!(matches!(RuleTree::parse(&nested), Err(Malformed::Json(_))));
}

#[test]
fn texts_are_filled_or_named() {
    let facts = facts().with("contact.name", "Марина Дёмина").with("order.total", 740_050).with("order.due", NOW);
    let fill = |text: &str| Template::parse(text).unwrap().fill(&facts);
    assert_eq!(
        fill("{{contact.name | first_word}}, с вас {{order.total|money}} ₽"),
        Ok("Марина, с вас 7\u{a0}400,50 ₽".into())
    );
    assert_eq!(fill("{{order.due | date}} в {{ order.due | time }}"), Ok("20.11.2026 в 10:00".into()));
    assert_eq!(fill("{{contact.city | default: ваш город}}"), Ok("ваш город".into()));
    assert_eq!(fill("{{contact.city}} и {{contact.email}}"), Err(vec!["contact.city".into(), "contact.email".into()]));
    assert!(Template::parse("{{contact.name").is_err());
    assert!(Template::parse("{{contact name}}").is_err());
    assert!(Template::parse("{{contact.name | shout}}").is_err());
    let bomb = "{{contact.name}}".repeat(101);
    assert!(Template::parse(&bomb).is_err());
}

#[test]
fn a_run_halts_and_goes_on() {
    let tree = rule(
        Node::always(),
        vec![
            say("Здравствуйте, {{contact.name}}!"),
            Step {
                after: Some(Delay::Minutes { minutes: 60 }),
                act: Act::WaitForAnswer {
                    minutes: 30,
                    answered: vec![say("Спасибо"), step(Act::Stop)],
                    silent: vec![step(Act::Branch {
                        when: test("contact.vip", Op::Yes),
                        then: vec![say("Ждём вас")],
                        otherwise: vec![],
                    })],
                },
            },
            say("До свидания"),
        ],
    );
    let facts = facts().with("contact.name", "Марина").with("contact.vip", true);
    let texts = |walk: &Walk| {
        walk.todo
            .iter()
            .map(|todo| match &todo.act {
                Act::SendMessage { text } => text.clone(),
                other => other.word().to_owned(),
            })
            .collect::<Vec<_>>()
    };
    let first = start(&tree, &facts);
    assert_eq!(texts(&first), ["Здравствуйте, Марина!"]);
    let Halt::Later { place, at } = first.halt else { panic!("{first:?}") };
    assert_eq!((place.to_string().as_str(), at), ("1", NOW + 60 * 60_000));
    let waiting = walk::resume(&tree, &facts, &place, None);
    let Halt::Answer { place, until } = waiting.halt else { panic!("{waiting:?}") };
    assert_eq!(until, NOW + 30 * 60_000);
    let answered = walk::resume(&tree, &facts, &place, Some(true));
    assert_eq!((texts(&answered), &answered.halt), (vec!["Спасибо".to_owned()], &Halt::End));
    let silent = walk::resume(&tree, &facts, &place, Some(false));
    assert_eq!(texts(&silent), ["Ждём вас", "До свидания"]);
    assert_eq!(silent.todo[0].place.to_string(), "1o0t0");
    assert_eq!(silent.turns[0].truth, Truth::Yes);
    let nameless = start(&tree, &Facts { fields: Default::default(), ..facts });
    assert_eq!(nameless.todo[0].missing, ["contact.name"]);
}

#[test]
fn delays_keep_to_business_hours_and_dates() {
    // Friday 17:50 UTC and a quarter of an hour: Monday at nine.
    let friday = NOW + (7 * 60 + 50) * 60_000;
    let facts = Facts { at: friday, ..facts() };
    let after = |delay| rule(Node::always(), vec![Step { after: Some(delay), act: Act::CloseChat }]);
    let monday = NOW - 60 * 60_000 + 3 * 86_400_000;
    let halt = start(&after(Delay::InHours { minutes: 15 }), &facts).halt;
    assert!(matches!(halt, Halt::Later { at, .. } if at == monday), "{halt:?}");
    let until = || after(Delay::Until { field: "order.due".into(), shift_minutes: -60 });
    assert!(matches!(start(&until(), &facts).halt, Halt::NoDate { field, .. } if field == "order.due"));
    let known = facts.clone().with("order.due", friday + 7_200_000);
    assert!(matches!(start(&until(), &known).halt, Halt::Later { at, .. } if at == friday + 3_600_000));
    // A date already past: at once.
    let past = facts.with("order.due", 5);
    assert_eq!(start(&until(), &past).todo.len(), 1);
}

#[test]
fn problems_name_their_block() {
    let field = |key: &str, kind| FieldSpec::new(key, kind);
    let fields = [
        field("contact.name", FieldKind::Text),
        FieldSpec { choices: vec!["ready".into()], ..field("order.status", FieldKind::Choice) },
    ];
    let offer = check::Offer { fields: &fields, chat: true, ..Default::default() };
    let when = Node::All {
        of: vec![
            test("contact.name", Op::Less { number: 1.0 }),
            test("contact.gone", Op::Present),
            test("order.status", Op::Equal { value: "stolen".into() }),
            test("contact.name", Op::Contains { value: " ".into() }),
        ],
    };
    let then = vec![
        say("Привет, {{contact.nickname}}"),
        step(Act::Stop),
        Step { after: Some(Delay::Until { field: "contact.name".into(), shift_minutes: 0 }), act: Act::CloseChat },
        step(Act::ChangeOrder { status: crate::orders::OrderStatus::Ready }),
    ];
    let found: Vec<(String, &str)> =
        problems(&rule(when, then), Some(&offer)).iter().map(|one| (one.at.clone(), one.code.as_str())).collect();
    let wanted = [
        ("when/0", "wrong_operator"),
        ("when/1", "unknown_field"),
        ("when/2", "wrong_value"),
        ("when/3", "wrong_value"),
        ("then/0", "unknown_field"),
        ("then/2", "unreachable"),
        ("then/2", "not_a_date"),
        ("then/3", "impossible"),
    ];
    assert_eq!(found, wanted.map(|(at, code)| (at.to_owned(), code)));
    assert_eq!(problems(&rule(Node::always(), vec![]), None)[0].code.as_str(), "unknown_trigger");
}

fn save(name: &str, phone: &str, email: &str) -> Step {
    step(Act::SaveContact { name: name.into(), phone: phone.into(), email: email.into() })
}

#[test]
fn behind_a_saved_client_their_name_is_known() {
    let tree = rule(
        Node::always(),
        vec![save("{{event.name}}", "8 916 123-45-67", ""), say("{{contact.name}} {{contact.phone}}")],
    );
    let facts = Facts::default().with("event.name", "Анна");
    let walk = start(&tree, &facts);
    let said: Vec<String> = walk.todo.iter().map(|todo| todo.act.said()).collect();
    assert_eq!(said, ["Анна, 8 916 123-45-67", "Анна +79161234567"]);
    assert!(walk.todo.iter().all(|todo| todo.missing.is_empty()));
    // What is known already stays, and a step that cannot be done makes nothing known.
    let known = facts.with("contact.name", "Анна Петрова");
    assert_eq!(start(&tree, &known).todo[1].act.said(), "Анна Петрова +79161234567");
    let walk = start(&tree, &Facts::default());
    assert_eq!((walk.todo[0].missing.len(), walk.todo[1].missing.len(), walk.known), (1, 2, None));
    // The engine goes on behind it with what it has found out.
    let place = "0".parse::<Place>().unwrap();
    assert_eq!(behind(&tree, &known.with("contact.phone", "+1"), &place).todo[0].act.said(), "Анна Петрова +1");
}

#[test]
fn saving_a_client_needs_an_address_and_an_event_without_a_client() {
    let fields = [FieldSpec::new("event.имя", FieldKind::Text)];
    let codes = |offer: &check::Offer<'_>, step: Step| -> Vec<String> {
        let found = problems(&rule(Node::always(), vec![step]), Some(offer));
        found.iter().map(|one| format!("{} {}", one.code, one.what)).collect()
    };
    let own = check::Offer { fields: &fields, contact: true, ..Default::default() };
    assert_eq!(codes(&own, save("", "+7 {{event.имя}}", "")), [""; 0]);
    assert_eq!(codes(&own, save("{{event.имя}}", " ", "")), ["empty_text "]);
    assert_eq!(
        codes(&own, save("{{event.phone}}", "{{event.tel", "a@b.example")),
        ["unknown_field event.phone", "bad_template "]
    );
    let chat = check::Offer { chat: true, ..own.clone() };
    assert_eq!(codes(&chat, save("", "1", "")), ["impossible save_contact"]);
}
