use super::{super::connection::check, *};
use crate::http::HttpError;

const KEY: &str = "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k";
const SUBJECTS: [&str; 8] = [
    "Connection",
    "Clerk",
    "Signing keys",
    "Clock",
    "Keyring",
    "Token for Convex",
    "Convex",
    "Clerk and Convex together",
];

/// All is well.
fn seen() -> Observed {
    let connection = check(KEY, "https://happy-otter-123.convex.cloud").connection();
    Observed {
        connection: Some(connection.expect("a connection")),
        clerk: Ok(()),
        keys: Ok(()),
        convex: Ok(()),
        token: Some(Ok(())),
        welcome: Some(Ok(())),
        offset: Some(Offset { low: -500, high: 900 }),
        keyring: keeper::Persistence::Keyring,
    }
}

fn finding(seen: &Observed, subject: &str) -> Finding {
    let found = findings(seen).into_iter().find(|finding| finding.subject == subject);
    found.expect("each subject is looked at")
}

#[test]
fn all_is_well_where_nothing_is_wrong() {
    let found = findings(&seen());
    let subjects: Vec<_> = found.iter().map(|finding| &*finding.subject).collect();
    assert_eq!(subjects, SUBJECTS, "in the order in which they depend on each other");
    for finding in found {
        assert_eq!((finding.outcome, finding.cure), (Outcome::Good, None), "{}", finding.subject);
    }
    let connection = finding(&seen(), "Connection").finding;
    let hosts = "Clerk at clerk.example.com, Convex at https://happy-otter-123.convex.cloud.";
    assert_eq!(connection, hosts, "it names both, and not the key");
}

/// A change of what was seen, what it is about, how that stands, and a part of the finding and its cure.
type Case = (fn(&mut Observed), &'static str, Outcome, &'static str, &'static str);

const CASES: &[Case] = &[
    (
        |it| it.connection = None,
        "Connection",
        Outcome::Bad,
        "no publishable key",
        "Settings, Connection",
    ),
    (
        |it| it.clerk = Err(FrontendError::Http(HttpError::Offline)),
        "Clerk",
        Outcome::Bad,
        "can't be reached",
        "Check the network",
    ),
    (|it| it.clerk = Err(FrontendError::Unavailable), "Clerk", Outcome::Bad, "has trouble", "Wait"),
    (
        |it| it.clerk = Err(FrontendError::RateLimited { retry_after_seconds: 7 }),
        "Clerk",
        Outcome::Bad,
        "in 7 seconds",
        "Wait",
    ),
    (
        |it| it.clerk = Err(refused()),
        "Clerk",
        Outcome::Bad,
        "refuses native apps: Not enabled. (native_api_disabled)",
        "allow the redirect URL dev.clove.todo://callback",
    ),
    (
        |it| it.clerk = Err(super::super::answers::BadAnswer("any data").into()),
        "Clerk",
        Outcome::Bad,
        "Something else answers",
        "publishable key",
    ),
    (
        |it| it.keys = Err(TokenError::NoKeys),
        "Signing keys",
        Outcome::Bad,
        "publishes no keys",
        "publishable key",
    ),
    (
        |it| it.keys = Err(HttpError::Offline.into()),
        "Signing keys",
        Outcome::Skipped,
        "Clerk can't be reached",
        "",
    ),
    (|it| it.offset = None, "Clock", Outcome::Skipped, "No server", ""),
    (
        |it| it.offset = Some(Offset { low: 3_600_000, high: 3_601_000 }),
        "Clock",
        Outcome::Notice,
        "60 min behind",
        "set the time",
    ),
    (
        |it| it.offset = Some(Offset { low: -90_500, high: -90_000 }),
        "Clock",
        Outcome::Notice,
        "1 min ahead",
        "set the time",
    ),
    (
        |it| it.keyring = keeper::Persistence::Waiting,
        "Keyring",
        Outcome::Bad,
        "locked",
        "Unlock it",
    ),
    (
        |it| it.keyring = keeper::Persistence::Memory { reason: "Start one.".to_owned() },
        "Keyring",
        Outcome::Notice,
        "ends when Clove quits",
        "Start one.",
    ),
    (|it| it.token = None, "Token for Convex", Outcome::Skipped, "Nobody is signed in", ""),
    (
        |it| it.token = Some(Err(MintError::NoTemplate)),
        "Token for Convex",
        Outcome::Bad,
        "no JWT template named \"convex\"",
        "add a JWT template",
    ),
    (
        |it| it.token = Some(Err(TokenError::Audience.into())),
        "Token for Convex",
        Outcome::Bad,
        "another audience",
        "aud = \"convex\"",
    ),
    (
        |it| it.token = Some(Err(TokenError::Issuer.into())),
        "Token for Convex",
        Outcome::Bad,
        "issuer (iss)",
        "the same Clerk instance",
    ),
    (
        |it| it.token = Some(Err(TokenError::Algorithm.into())),
        "Token for Convex",
        Outcome::Bad,
        "not signed by RS256",
        "signing algorithm",
    ),
    (
        |it| it.token = Some(Err(TokenError::UnknownKey.into())),
        "Token for Convex",
        Outcome::Bad,
        "does not publish",
        "Wait",
    ),
    (
        |it| it.token = Some(Err(TokenError::User.into())),
        "Token for Convex",
        Outcome::Bad,
        "somebody else",
        "Sign out, and sign in again",
    ),
    (
        |it| it.token = Some(Err(FrontendError::Http(HttpError::Timeout).into())),
        "Token for Convex",
        Outcome::Skipped,
        "Clerk can't be reached",
        "",
    ),
    (
        |it| it.token = Some(Err(FrontendError::Unavailable.into())),
        "Token for Convex",
        Outcome::Bad,
        "has trouble",
        "Wait",
    ),
    (
        |it| it.token = Some(Err(FrontendError::SignedOut.into())),
        "Token for Convex",
        Outcome::Bad,
        "signed out",
        "Sign in again",
    ),
    (
        |it| it.convex = Err(HttpError::Offline.into()),
        "Convex",
        Outcome::Bad,
        "can't be reached",
        "the address and the network",
    ),
    (
        |it| it.convex = Err(ConvexApiError::BadAnswer),
        "Convex",
        Outcome::Bad,
        "Something else",
        ".convex.cloud",
    ),
    (|it| it.convex = Err(ConvexApiError::Unavailable), "Convex", Outcome::Bad, "trouble", "Wait"),
    (|it| it.welcome = None, "Clerk and Convex together", Outcome::Skipped, "no token to show", ""),
    (
        |it| it.welcome = Some(Err(ConvexApiError::Unauthorized)),
        "Clerk and Convex together",
        Outcome::Bad,
        "does not accept Clerk's token",
        "npx convex env set CLERK_JWT_ISSUER_DOMAIN https://clerk.example.com",
    ),
    (
        |it| it.welcome = Some(Err(ConvexApiError::Failed("Could not find it".to_owned()))),
        "Clerk and Convex together",
        Outcome::Bad,
        "does not have Clove's functions",
        "npx convex deploy",
    ),
    (
        |it| it.welcome = Some(Err(HttpError::Offline.into())),
        "Clerk and Convex together",
        Outcome::Skipped,
        "Convex can't be reached",
        "",
    ),
    (
        |it| it.welcome = Some(Err(ConvexApiError::RateLimited { retry_after_seconds: 9 })),
        "Clerk and Convex together",
        Outcome::Bad,
        "in 9 seconds",
        "Wait",
    ),
];

fn refused() -> FrontendError {
    let (code, message) = ("native_api_disabled".to_owned(), "Not enabled.".to_owned());
    FrontendError::Refused { status: 403, code, message }
}

#[test]
fn each_thing_that_is_wrong_has_its_finding_and_its_cure() {
    for (change, subject, outcome, text, cure) in CASES {
        let mut seen = seen();
        change(&mut seen);
        let found = finding(&seen, subject);
        let told = format!("{subject}: {found:?}");
        assert_eq!(found.outcome, *outcome, "{told}");
        assert!(found.finding.contains(text), "{text} is missing in {told}");
        assert_eq!(found.cure.is_some(), !cure.is_empty(), "{told}");
        assert!(found.cure.unwrap_or_default().contains(cure), "{cure} is missing in {told}");
        let others = findings(&seen).into_iter().filter(|other| other.subject != *subject);
        for other in others {
            assert_eq!(other.outcome, Outcome::Good, "{told} is no matter of {}", other.subject);
        }
    }
}

#[test]
fn what_is_said_is_plain() {
    for (change, subject, ..) in CASES {
        let mut seen = seen();
        change(&mut seen);
        let Finding { finding, cure, .. } = finding(&seen, subject);
        for text in [Some(finding), cure].into_iter().flatten() {
            assert!(text.chars().next().is_some_and(char::is_uppercase), "a sentence: {text}");
            let is_command = text.contains("npx ");
            assert!(is_command || text.ends_with(['.', ')']), "a sentence: {text}");
            assert!(!text.contains("  "), "one space between words: {text}");
            for word in ["Err(", "Some(", "HttpError", "null", "exception", "invalid"] {
                assert!(!text.contains(word), "no word of programmers: {text}");
            }
        }
    }
}
