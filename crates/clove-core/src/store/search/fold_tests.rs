use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn folding_by_words_is_folding_of_the_whole(text in "([a-zA-Z \u{301}é東がﬁΣς\u{A8}\u{3099}한\u{1100}\u{1161}]|\\PC){0,24}") {
        let whole: String = fold_any(&text).collect();
        prop_assert_eq!(fold(&text), whole, "no normalization reaches across a space");
    }

    #[test]
    fn folding_twice_changes_nothing(text in "([A-Z \u{301}ÉİﬁΣς½ＢＫ]|\\PC){0,24}") {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded.clone(), "a query that was copied from a title finds it");
    }
}
