use super::*;

#[test]
fn a_secret_shows_nothing_of_itself() {
    let secret = Secret::new("hush");
    assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret(..) Some(Secret(..))");
    assert_eq!(secret.reveal(), "hush", "and it is still there");
}

#[test]
fn secrets_are_the_same_when_their_texts_are() {
    assert_eq!(Secret::new("hush"), Secret::new(String::from("hush")));
    for other in ["", "hus", "hush ", "Hush"] {
        assert_ne!(Secret::new("hush"), Secret::new(other), "{other:?} is another");
    }
}
