use base64::{Engine, prelude::BASE64_STANDARD as BASE64};

use super::*;

/// A key with this inside.
fn key(inside: &str) -> String {
    format!("pk_test_{}", BASE64.encode(inside))
}

fn connection(host: &str) -> Connection {
    let check = check(&key(&format!("{host}$")), "https://happy-otter-123.convex.cloud");
    check.connection().expect("both are right")
}

#[test]
fn a_key_names_where_clerk_is() {
    let cases = [
        ("happy-cat-1.clerk.accounts.dev", "https://happy-cat-1.clerk.accounts.dev"),
        ("clerk.example.com", "https://clerk.example.com"),
        ("clerk.example.com:8443", "https://clerk.example.com:8443"),
        ("10.0.0.1", "https://10.0.0.1"),
        ("127.0.0.1:3212", "http://127.0.0.1:3212"),
        ("[::1]:3212", "http://[::1]:3212"),
    ];
    for (host, issuer) in cases {
        let connection = connection(host);
        assert_eq!(connection.publishable_key.frontend_api_host(), host);
        assert_eq!(connection.issuer(), issuer);
        assert_eq!(connection.frontend_api().as_str(), format!("{issuer}/v1"));
        assert_eq!(connection.jwks().as_str(), format!("{issuer}/.well-known/jwks.json"));
    }
}

#[test]
fn keys_come_with_and_without_padding() {
    let padded = key("clerk.acme2.com$");
    assert!(padded.ends_with("=="), "this one has padding");
    for text in [padded.clone(), padded.replace('=', ""), padded.replace("_test_", "_live_")] {
        let key = PublishableKey::parse(&text).expect("a key");
        assert_eq!((key.as_str(), key.frontend_api_host()), (&*text, "clerk.acme2.com"));
    }
}

#[test]
fn every_other_key_is_refused_in_words_that_help() {
    use KeyProblem::{Address, Broken, Empty, NotKey, Paste, SecretKey};
    use PasteProblem::{Line, Quoted, Space};
    let good = key("clerk.example.com$");
    let cases = [
        (String::new(), Empty, "nothing"),
        (" \n".to_owned(), Empty, "nothing to see"),
        (format!("{good}\n"), Paste(Space), "a line end"),
        (format!(" {good}"), Paste(Space), "a space"),
        (good.replace("_test_", "_test_ "), Paste(Space), "a space inside"),
        (format!("{good}\0"), Paste(Space), "NUL"),
        (format!("\"{good}\""), Paste(Quoted), "quotes"),
        (format!("“{good}”"), Paste(Quoted), "quotes of a text processor"),
        (format!("CLERK_PUBLISHABLE_KEY={good}"), Paste(Line), "a line of .env.local"),
        (format!("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY={good}"), Paste(Line), "another's line"),
        (good.replace("pk_", "sk_"), SecretKey, "the secret key"),
        ("https://happy-cat-1.clerk.accounts.dev".to_owned(), Address, "the issuer"),
        ("happy-cat-1.clerk.accounts.dev".to_owned(), Address, "the issuer's host"),
        ("https://happy-otter-123.convex.cloud".to_owned(), Address, "Convex's URL"),
        ("pk_".to_owned(), NotKey, "still typing"),
        (good.replace("pk_test_", "pk_prod_"), NotKey, "another prefix"),
        (good.replace("pk_", "PK_"), NotKey, "prefixes have a case"),
        ("ins_2abc".to_owned(), NotKey, "another id"),
        ("pk_test_".to_owned(), Broken, "nothing after the prefix"),
        (good[..good.len() - 8].to_owned(), Broken, "the end was not copied"),
        ("pk_test_%%%%".to_owned(), Broken, "not base64"),
        (format!("{good}=="), Broken, "more padding than there is"),
        (key("clerk.example.com"), Broken, "no mark at the end"),
        (key("$"), Broken, "no host"),
        (key("clerk.example.com$$"), Broken, "two marks"),
        (key("clerk.example.com$more"), Broken, "more after the mark"),
        (key("clerk.example.com/path$"), Broken, "a path"),
        (key("clerk.example.com?q$"), Broken, "a query"),
        (key("clerk.example.com#f$"), Broken, "a fragment"),
        (key("user@clerk.example.com$"), Broken, "a user"),
        (key("https://clerk.example.com$"), Broken, "a scheme"),
        (key("clerk.example.com:$"), Broken, "an empty port"),
        (key("clerk.example.com:0443$"), Broken, "a port that is written otherwise"),
        (key("clerk.example.com:99999$"), Broken, "no port"),
        (key("Clerk.Example.com$"), Broken, "capitals"),
        (key("clerk.example.com.$"), Broken, "a dot at the end"),
        (key("clerk$"), Broken, "a name on somebody's own network"),
        (key("localhost:3212$"), Broken, "a name that anybody may answer for"),
        (key("127.1$"), Broken, "an address that is written otherwise"),
        (key("0x7f.1$"), Broken, "and another"),
        (key("exa mple.com$"), Broken, "a space"),
        (key("clerk.example.com\0$"), Broken, "NUL"),
        (key("clérk.example.com$"), Broken, "letters that hosts do not have"),
    ];
    for (text, problem, why) in cases {
        assert_eq!(PublishableKey::parse(&text), Err(problem), "{why}");
    }
    let bytes = format!("pk_test_{}", BASE64.encode(b"\xFF\xFE$"));
    assert_eq!(PublishableKey::parse(&bytes), Err(Broken), "bytes that are no text");
}

#[test]
fn a_convex_url_is_an_origin() {
    let cases = [
        ("https://happy-otter-123.convex.cloud", "https://happy-otter-123.convex.cloud"),
        ("https://happy-otter-123.convex.cloud/", "https://happy-otter-123.convex.cloud"),
        ("HTTPS://Convex.Example.com:8443", "https://convex.example.com:8443"),
        ("http://127.0.0.1:3210", "http://127.0.0.1:3210"),
        ("http://[::1]:3210", "http://[::1]:3210"),
    ];
    for (text, origin) in cases {
        let url = ConvexUrl::parse(text).expect("a deployment");
        assert_eq!(url.origin(), origin);
        assert_eq!(url.at("/api/query").as_str(), format!("{origin}/api/query"));
    }
}

#[test]
fn every_other_convex_url_is_refused_in_words_that_help() {
    use ConvexUrlProblem::{
        Clerk, Dashboard, Empty, Insecure, MoreThanOrigin, NoScheme, NotUrl, Paste, Site,
    };
    use PasteProblem::{Line, Quoted, Space};
    let cases = [
        ("", Empty, "nothing"),
        ("\t", Empty, "nothing to see"),
        ("https://happy-otter-123.convex.cloud ", Paste(Space), "a space"),
        ("https://happy-otter-123.convex.cloud\r\n", Paste(Space), "a line end"),
        ("'https://happy-otter-123.convex.cloud'", Paste(Quoted), "quotes"),
        ("CONVEX_URL=https://happy-otter-123.convex.cloud", Paste(Line), "a line of .env.local"),
        ("export VITE_CONVEX_URL = x", Paste(Line), "a line of a script"),
        ("https://dashboard.convex.dev/d/happy-otter-123", Dashboard, "the dashboard"),
        ("dashboard.convex.dev/t/me/app", Dashboard, "the dashboard, as browsers show it"),
        ("https://happy-otter-123.convex.site", Site, "HTTP actions"),
        ("https://happy-cat-1.clerk.accounts.dev", Clerk, "the issuer"),
        ("https://clerk.example.com", Clerk, "the issuer of one's own domain"),
        ("pk_test_Y2xlcms", Clerk, "the publishable key"),
        ("sk_test_Y2xlcms", Clerk, "the secret key"),
        ("happy-otter-123", NoScheme, "the deployment's name"),
        ("dev:happy-otter-123", NoScheme, "CONVEX_DEPLOYMENT"),
        ("happy-otter-123.convex.cloud", NoScheme, "the host"),
        ("http://happy-otter-123.convex.cloud", Insecure, "in the clear"),
        ("http://localhost:3210", Insecure, "a name that anybody may answer for"),
        ("wss://happy-otter-123.convex.cloud", Insecure, "the WebSocket"),
        ("file:///etc/passwd", Insecure, "a file"),
        ("https://happy-otter-123.convex.cloud/api", MoreThanOrigin, "a path"),
        ("https://happy-otter-123.convex.cloud?x=1", MoreThanOrigin, "a query"),
        ("https://happy-otter-123.convex.cloud/#x", MoreThanOrigin, "a fragment"),
        ("https://me:pw@happy-otter-123.convex.cloud", MoreThanOrigin, "a user"),
        ("https://", NotUrl, "still typing"),
        ("https://happy otter", Paste(Space), "a space inside"),
        ("https://x:port", NotUrl, "no port"),
    ];
    for (text, problem, why) in cases {
        assert_eq!(ConvexUrl::parse(text), Err(problem), "{why}");
    }
}

#[test]
fn both_texts_are_looked_at_at_once() {
    let check = check("", "http://example.com");
    assert_eq!(check.publishable_key, Err(KeyProblem::Empty));
    assert_eq!(check.convex_url, Err(ConvexUrlProblem::Insecure));
    assert_eq!(check.connection(), None, "half a connection is none");
}
