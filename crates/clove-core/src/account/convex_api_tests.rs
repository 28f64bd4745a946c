use super::{
    super::scripted::{Scripted, answer, wait},
    ConvexApiError::{BadAnswer, Failed, RateLimited, Refused, Unauthorized, Unavailable},
    *,
};

fn api(answers: Vec<Result<Response, HttpError>>) -> (Arc<Scripted>, ConvexApi) {
    let http = Scripted::new(answers);
    let url = ConvexUrl::parse("https://happy-otter-123.convex.cloud").expect("a deployment");
    (http.clone(), ConvexApi::new(http, url))
}

fn jwt() -> Secret {
    Secret::new("a.b.c")
}

#[test]
fn a_call_names_its_function_and_carries_the_token() {
    let (http, api) = api(vec![
        answer(200, &[], r#"{"status":"success","value":[1.0],"logLines":["hush"]}"#),
        answer(200, &[], r#"{"status":"success","value":null}"#),
    ]);
    wait(async {
        let value: Vec<f64> = api.query("sync:hello", json!({"a": 1}), &jwt()).await.expect("it");
        assert_eq!(value, [1.0]);
        api.update_user("Ada \"L\"", &jwt()).await.expect("done");
    });
    let token = Some("Bearer a.b.c".to_owned());
    let query = r#"{"path":"sync:hello","args":{"a":1},"format":"json"}"#;
    let mutation = r#"{"path":"users:updateUser","args":{"name":"Ada \"L\""},"format":"json"}"#;
    let [first, second] = &http.asked()[..] else { panic!("two requests") };
    let parsed = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    assert_eq!((&*first.0, &first.1), ("/api/query", &token));
    assert_eq!((&*second.0, &second.1), ("/api/mutation", &token));
    assert_eq!(parsed(&first.2), parsed(query));
    assert_eq!(parsed(&second.2), parsed(mutation));
}

#[test]
fn what_goes_wrong_has_a_type() {
    let coded = r#"{"status":"error","errorMessage":"Uncaught","errorData":{"code":"nameEmpty","message":"A\nname is needed."}}"#;
    let plain = r#"{"status":"error","errorMessage":"Server Error"}"#;
    let refused = || Refused { code: "nameEmpty".into(), message: "A name is needed.".into() };
    let failed = |text: &str| Failed(text.to_owned());
    let other = r#"{"status":"error","errorMessage":"m","errorData":"x"}"#;
    let cases = [
        (200, coded, refused(), "a ConvexError"),
        (560, coded, refused(), "a ConvexError, with the status of deployments"),
        (200, plain, failed("Server Error"), "any other error of a function"),
        (560, plain, failed("Server Error"), "the same"),
        (200, other, failed("m"), "a ConvexError with something else inside"),
        (401, r#"{"code":"Unauthenticated","message":"m"}"#, Unauthorized, "a token that is bad"),
        (401, "", Unauthorized, "without words"),
        (400, r#"{"code":"BadJson","message":"m"}"#, failed("m"), "a request that is bad"),
        (404, "<html>", BadAnswer, "something else answers"),
        (302, "", BadAnswer, "elsewhere"),
        (429, "", RateLimited { retry_after_seconds: 30 }, "too many"),
        (500, coded, Unavailable, "trouble"),
        (503, "<html>", Unavailable, "trouble of the proxy"),
        (200, "", BadAnswer, "nothing"),
        (200, "<html>", BadAnswer, "HTML"),
        (200, "null", BadAnswer, "JSON of nothing"),
        (200, "{}", BadAnswer, "no status"),
        (200, r#"{"status":"success"}"#, BadAnswer, "no value"),
        (200, r#"{"status":"maybe","value":1}"#, BadAnswer, "another status"),
        (200, r#"{"status":"success","value":"\ud800"}"#, BadAnswer, "half a pair"),
        (200, r#"{"status":"success","value":"x"}"#, BadAnswer, "a value of another type"),
    ];
    for (status, body, error, why) in cases {
        let (_, api) = api(vec![answer(status, &[], body)]);
        let outcome = wait(api.query::<f64>("f:g", json!({}), &jwt()));
        assert_eq!(outcome, Err(error), "{why}");
    }
    let (_, api) = api(vec![Err(HttpError::Timeout)]);
    let outcome = wait(api.query::<f64>("f:g", json!({}), &jwt()));
    assert_eq!(outcome, Err(HttpError::Timeout.into()));
}

#[test]
fn a_profile_is_read_as_far_as_it_goes() {
    let user = r#"{"_id":"x","name":"Ada","email":"ada@example.com","role":"user",
        "imageUrl":"http://img.example.com/a","createdAt":1700000000000.0}"#;
    let read = |user: &str| {
        let body = format!(r#"{{"status":"success","value":{user}}}"#);
        wait(api(vec![answer(200, &[], body)]).1.current_user(&jwt()))
    };
    let known = read(user).expect("a profile").expect("a user");
    assert_eq!(
        (&*known.name, &*known.email, known.role.as_deref()),
        ("Ada", "ada@example.com", Some("user"))
    );
    assert_eq!(known.joined_at, Millis::clamped(1_700_000_000_000));
    assert_eq!(known.picture, None, "a picture in the clear is none");
    let secure = read(&user.replace("http:", "https:")).expect("a profile").expect("a user");
    assert!(secure.picture.is_some());
    let far = read(&user.replace("1700000000000.0", "1e300")).expect("a profile").expect("a user");
    assert_eq!(far.joined_at, Millis::MAX, "a time within bounds");
    assert_eq!(read("null"), Ok(None), "before the first call");
    assert_eq!(read(&user.replace("\"Ada\"", "7")), Err(BadAnswer), "another type");
}
