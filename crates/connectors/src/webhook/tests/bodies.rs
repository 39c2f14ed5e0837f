//! JSON and forms, and what is neither.

use super::*;

fn fields(event: &InboundEvent) -> Json {
    use domain::channel::ChannelEvent::Happened;
    match Webhook.normalise(&event.kind, &event.data).expect("understood") {
        Happened { fields, .. } => Json::Object(fields),
        other => panic!("{other:?}"),
    }
}

fn form(body: &str) -> Result<Vec<InboundEvent>, HookError> {
    let headers = headers(&[("content-type", "application/x-www-form-urlencoded; charset=UTF-8")]);
    call(&settings(json!({})), &headers, body.as_bytes())
}

#[test]
fn a_form_is_one_event_with_its_groups_and_lists() {
    let [event] = form(TILDA).expect("received").try_into().expect("one event");
    let expected = json!({"Name": "Анна", "Phone": "+7 (916) 123-45-67", "Email": "anna@example.org", "Comment": "Позвоните",
        "tranid": "123456:789", "formid": "form1", "payment.amount": 990, "sizes": ["S", "M"]});
    assert_eq!(fields(&event), expected);
    let odd = form("a=1&a=2&b%5Bc%5D=x&b=y&d%5B=z&%5B%5D=w&e%5Bf%5D%5Bg%5D=v").expect("received");
    let expected = json!({"a": ["1", "2"], "b": {"c": "x"}, "d[": "z", "[]": "w", "e": {"f": {"g": "v"}}});
    // A value after a group of the same name joins it as a list would.
    let mut body = odd[0].data["body"].clone();
    assert_eq!(body["b"].take(), json!([{"c": "x"}, "y"]));
    let mut rest = expected;
    rest["b"] = Json::Null;
    assert_eq!(body, rest);
}

#[test]
fn a_try_of_the_address_is_good_and_no_event() {
    assert_eq!(form("test=test"), Ok(vec![]));
    assert_eq!(form(""), Ok(vec![]));
    assert!(posted("{}").is_empty() && posted("[]").is_empty() && posted("[{}]").is_empty());
    assert_eq!(form("test=test&x=1").map(|events| events.len()), Ok(1));
}

#[test]
fn json_is_an_object_or_several() {
    assert_eq!(posted(ORDER).len(), 1);
    assert_eq!(fields(&posted(ORDER)[0])["order.tags"], json!(["vip", "new"]));
    // Equal events of one call are two, in one call as in the next.
    let twice = posted(r#"[{"a":1},{"a":1}]"#);
    assert_eq!(twice.len(), 2);
    assert_eq!(posted(r#"[{"a":1},{"a":1}]"#), twice);
    // Unless they carry a number of their own.
    let by_number = settings(json!({"id_field": "id"}));
    let body = r#"[{"id":1,"a":1},{"id":1,"a":2},{"id":2}]"#;
    assert_eq!(call(&by_number, &HeaderMap::new(), body.as_bytes()).map(|events| events.len()), Ok(2));
}

#[test]
fn anything_else_is_refused_with_its_reason() {
    let refused = |kind: &str, body: &[u8]| {
        let headers = if kind.is_empty() { HeaderMap::new() } else { headers(&[("content-type", kind)]) };
        match call(&settings(json!({})), &headers, body) {
            Err(HookError::Malformed(why)) => why,
            other => panic!("{kind}: {other:?}"),
        }
    };
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/xml", "json"] {
        assert!(refused(kind, b"{\"a\":1}").contains("content type"), "{kind}");
    }
    for body in ["7", "\"x\"", "null", "[1]", "[{},7]", "[[{}]]"] {
        assert!(refused("application/json", body.as_bytes()).contains("object"), "{body}");
    }
    assert!(refused("application/json", b"{\"a\":\"\xd0\"}").contains("UTF-8"));
    assert!(refused("application/x-www-form-urlencoded", b"a=\xd0").contains("UTF-8"));
    assert!(refused("application/x-www-form-urlencoded", b"name=%C0%ED%ED%E0").contains("UTF-8"), "cp1251");
    let many = format!("[{}]", vec!["{\"a\":1}"; 101].join(","));
    assert!(refused("", many.as_bytes()).contains("more than 100"));
    let wide: Vec<String> = (0..1_001).map(|n| format!("f{n}=1")).collect();
    assert!(refused("application/x-www-form-urlencoded", wide.join("&").as_bytes()).contains("more than 1000"));
    let deep = format!("{}1{}", "{\"a\":".repeat(200), "}".repeat(200));
    refused("application/json", deep.as_bytes());
    for kind in ["application/json", "application/vnd.api+json; charset=utf-8", "text/json", "Application/JSON"] {
        let got = call(&settings(json!({})), &headers(&[("content-type", kind)]), b"{\"a\":1}");
        assert_eq!(got.map(|events| events.len()), Ok(1), "{kind}");
    }
}

#[test]
fn what_is_stored_can_be_stored_anywhere() {
    let body = form("n%00=a%00b").expect("received");
    assert_eq!(body[0].data["body"], json!({"n\u{fffd}": "a\u{fffd}b"}));
    assert_eq!(form("n=%EF%BF%BD").expect("received").len(), 1, "the sign itself is no fault");
}
