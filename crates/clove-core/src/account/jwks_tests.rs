use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Value, json};

use super::{
    super::scripted::{Scripted, SetClock, answer, wait},
    *,
};

const ISSUER: &str = "https://clerk.example.com";

/// A key of 2048 bits that signs nothing but these tests' tokens (`openssl genpkey -algorithm RSA`).
fn key() -> RsaKeyPair {
    RsaKeyPair::from_der(include_bytes!("jwks_tests.der")).expect("a key")
}

/// The public half, under these ids.
fn published(kids: &[&str]) -> String {
    let public = RsaPublicKeyComponents::<Vec<u8>>::from(key().public());
    let (n, e) = (BASE64URL.encode(public.n), BASE64URL.encode(public.e));
    let keys = kids
        .iter()
        .map(|kid| json!({"kty": "RSA", "kid": kid, "n": n, "e": e, "alg": "RS256", "use": "sig"}));
    json!({ "keys": keys.collect::<Vec<_>>() }).to_string()
}

fn part(value: &Value) -> String {
    BASE64URL.encode(value.to_string())
}

/// The key's signature under what stands before it.
fn sign(header: &Value, claims: &Value) -> Secret {
    let message = format!("{}.{}", part(header), part(claims));
    let mut signature = vec![0; key().public().modulus_len()];
    let random = ring::rand::SystemRandom::new();
    key().sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature).expect("signed");
    Secret::new(format!("{message}.{}", BASE64URL.encode(signature)))
}

fn header() -> Value {
    json!({"alg": "RS256", "kid": "ins_1", "typ": "JWT"})
}

fn claims() -> Value {
    json!({"iss": ISSUER, "sub": "user_1", "aud": "convex", "iat": 1000, "nbf": 990, "exp": 1600})
}

/// The right parts, with one thing changed; null takes it away.
fn with(mut value: Value, name: &str, change: Value) -> Value {
    value[name] = change;
    value.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    value
}

struct Scene {
    http: Arc<Scripted>,
    clock: Arc<SetClock>,
    jwks: Jwks,
}

fn scene(kids: &[&str]) -> Scene {
    let http = Scripted::new(vec![answer(200, &[], published(kids))]);
    let clock = SetClock::new(1_700_000_000_000);
    let url = "https://clerk.example.com/.well-known/jwks.json".parse().expect("a URL");
    let jwks = Jwks::new(http.clone(), clock.clone(), url, ISSUER.to_owned());
    Scene { http, clock, jwks }
}

fn verify(token: &Secret, audience: Option<&str>) -> Result<Claims, TokenError> {
    wait(scene(&["ins_0", "ins_1"]).jwks.verify(token, audience))
}

#[test]
fn a_token_of_the_instance_says_whom_it_speaks_for() {
    let token = sign(&header(), &claims());
    let moment = |seconds: i64| Millis::clamped(seconds * 1000);
    let said = Claims {
        user: UserId::try_from("user_1".to_owned()).expect("an id"),
        issued_at: moment(1000),
        expires_at: moment(1600),
        not_before: Some(moment(990)),
        audiences: vec!["convex".to_owned()],
    };
    assert_eq!(verify(&token, Some("convex")), Ok(said.clone()));
    assert_eq!(verify(&token, None), Ok(said), "its times, long past, are the caller's to check");
    let list = sign(&header(), &with(claims(), "aud", json!(["other", "convex"])));
    assert_eq!(verify(&list, Some("convex")).expect("one of two").audiences.len(), 2);
    let bare = sign(&header(), &with(claims(), "aud", Value::Null));
    assert_eq!(verify(&bare, None).expect("a session's token").audiences, [""; 0]);
}

#[test]
fn every_forgery_is_refused() {
    use TokenError::{Algorithm, Audience, Issuer, NotToken, Signature, UnknownKey};
    let good = sign(&header(), &claims());
    let [head, body, signature] = *good.reveal().split('.').collect::<Vec<_>>() else {
        panic!("a JWT has three parts");
    };
    let other = part(&with(claims(), "sub", json!("user_2")));
    let hmac = part(&json!({"alg": "HS256", "kid": "ins_1"}));
    let none = part(&json!({"alg": "none", "kid": "ins_1"}));
    let claim = |name: &str, value: Value| sign(&header(), &with(claims(), name, value));
    let head_with = |name: &str, value: Value| sign(&with(header(), name, value), &claims());
    let mut flipped = BASE64URL.decode(signature).expect("base64url");
    flipped[7] ^= 1;
    let joined = |parts: &[&str]| Secret::new(parts.join("."));
    let cases = [
        (Secret::new(""), NotToken, "nothing"),
        (Secret::new("a.b.c"), NotToken, "no base64"),
        (Secret::new("..."), NotToken, "dots"),
        (joined(&[head, body]), NotToken, "no signature"),
        (joined(&[head, body, signature, signature]), NotToken, "four parts"),
        (joined(&[head, body, ""]), Signature, "an empty signature"),
        (joined(&[head, body, &BASE64URL.encode(&flipped)]), Signature, "a bit of it"),
        (joined(&[head, &other, signature]), Signature, "another's claims"),
        (joined(&[&none, body, ""]), NotToken, "no algorithm"),
        (joined(&[&hmac, body, signature]), Algorithm, "another algorithm"),
        (head_with("alg", json!("RS512")), Algorithm, "a stronger algorithm"),
        (head_with("crit", json!(["b64"])), Algorithm, "an extension that has to be understood"),
        (head_with("kid", json!("ins_2")), UnknownKey, "another key"),
        (head_with("kid", Value::Null), UnknownKey, "no key"),
        (claim("iss", json!("https://clerk.example.com.evil")), Issuer, "another issuer"),
        (claim("iss", json!("https://clerk.example.com/")), Issuer, "an issuer with a slash"),
        (claim("iss", Value::Null), NotToken, "no issuer"),
        (claim("aud", json!("other")), Audience, "another audience"),
        (claim("aud", json!(["other"])), Audience, "other audiences"),
        (claim("aud", json!([])), Audience, "no audience in a list"),
        (claim("aud", Value::Null), Audience, "no audience"),
        (claim("exp", Value::Null), NotToken, "no end"),
        (claim("exp", json!("1600")), NotToken, "an end that is a text"),
        (claim("exp", json!(-1)), NotToken, "an end before time began"),
        (claim("exp", json!(u64::MAX)), NotToken, "an end after all time"),
        (claim("iat", Value::Null), NotToken, "no beginning"),
        (claim("sub", Value::Null), NotToken, "nobody"),
        (claim("sub", json!("a/../b")), NotToken, "a user that is no id"),
        (claim("sub", json!(7)), NotToken, "a user that is a number"),
    ];
    for (token, error, why) in cases {
        assert_eq!(verify(&token, Some("convex")), Err(error), "{why}");
    }
}

#[test]
fn keys_are_fetched_once_and_again_for_an_unknown_one_at_most_each_minute() {
    let Scene { http, clock, jwks } = scene(&["ins_1"]);
    let known = sign(&header(), &claims());
    let newer = sign(&with(header(), "kid", json!("ins_2")), &claims());
    let fetches = |http: &Scripted| http.asked().len();
    wait(async {
        jwks.verify(&known, None).await.expect("the first");
        jwks.verify(&known, None).await.expect("from the cache");
        assert_eq!(fetches(&http), 1, "one fetch for both");

        assert_eq!(jwks.verify(&newer, None).await, Err(TokenError::UnknownKey), "too early");
        assert_eq!(fetches(&http), 0, "whoever sends tokens with other keys causes no requests");

        clock.advance(REFETCH_AFTER);
        http.add(Err(HttpError::Offline));
        assert_eq!(jwks.verify(&newer, None).await, Err(HttpError::Offline.into()));
        jwks.verify(&known, None).await.expect("what is known stays known");
        assert_eq!(jwks.verify(&newer, None).await, Err(TokenError::UnknownKey));
        assert_eq!(fetches(&http), 1, "a fetch that failed counts too");

        clock.advance(REFETCH_AFTER);
        http.add(answer(200, &[], published(&["ins_2"])));
        jwks.verify(&newer, None).await.expect("found now");
        assert_eq!(jwks.verify(&known, None).await, Err(TokenError::UnknownKey), "withdrawn");
        assert_eq!(fetches(&http), 1, "once");

        clock.advance(-10 * REFETCH_AFTER);
        http.add(answer(200, &[], published(&["ins_1", "ins_2"])));
        jwks.verify(&known, None).await.expect("a clock that was set back does not lock us out");
    });
}

#[test]
fn a_first_fetch_that_fails_is_made_again() {
    let Scene { http, jwks, .. } = scene(&["ins_1"]);
    let token = sign(&header(), &claims());
    wait(async {
        let first =
            http.send(Request { url: jwks.url.clone(), authorization: None, body: Body::Get });
        let right = first.await;
        http.add(Err(HttpError::Timeout));
        http.add(answer(503, &[], ""));
        http.add(answer(404, &[], "<html>"));
        http.add(right);
        assert_eq!(jwks.verify(&token, None).await, Err(HttpError::Timeout.into()));
        assert_eq!(jwks.verify(&token, None).await, Err(HttpError::Offline.into()));
        assert_eq!(jwks.verify(&token, None).await, Err(TokenError::NoKeys));
        jwks.verify(&token, None).await.expect("at once, not in a minute");
    });
}

#[test]
fn only_keys_that_sign_by_rs256_count() {
    let key = |name: &str, value: Value| {
        let mut set: Value = serde_json::from_str(&published(&["ins_1"])).expect("JSON");
        set["keys"][0] = with(set["keys"][0].clone(), name, value);
        set.to_string()
    };
    let cases = [
        (String::new(), "nothing"),
        ("<html>".to_owned(), "HTML"),
        (r#"{"keys":[]}"#.to_owned(), "no keys"),
        (r#"{"keys":[null,7,{}]}"#.to_owned(), "what is no key"),
        (key("kty", json!("EC")), "another kind of key"),
        (key("alg", json!("PS256")), "another algorithm"),
        (key("use", json!("enc")), "a key to encrypt"),
        (key("kid", Value::Null), "a key without id"),
        (key("n", json!("?")), "no base64"),
        (key("n", json!(7)), "a number"),
    ];
    for (set, why) in cases {
        assert!(KeySet::parse(set.as_bytes()).is_none(), "{why}");
    }
    for name in ["alg", "use"] {
        let set = KeySet::parse(key(name, Value::Null).as_bytes());
        assert_eq!(set.expect("a set").0.len(), 1, "{name} need not be there (RFC 7517)");
    }
    let mixed = published(&["ins_1"]).replace(r#"{"keys":["#, r#"{"keys":[{"kty":"OKP"},"#);
    assert_eq!(KeySet::parse(mixed.as_bytes()).expect("a set").0.len(), 1, "others do no harm");
}
