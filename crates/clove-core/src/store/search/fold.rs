//! Text as it is compared: without case, accents and the other forms of one character.

use unicode_normalization::UnicodeNormalization;

/// Folds text for search: lower case, Latin, Greek and Cyrillic accents dropped, compatibility forms
/// (full-width letters, ligatures) made plain (Unicode normalization form KC, UAX #15).
///
/// Marks of other scripts stay: they are letters' vowels there, not ornaments.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // No normalization reaches across a space, and most words need none.
    for word in text.split_inclusive(' ') {
        if word.is_ascii() {
            let start = folded.len();
            folded.push_str(word);
            folded[start..].make_ascii_lowercase();
        } else {
            folded.extend(fold_any(word));
        }
    }
    folded
}

fn fold_any(text: &str) -> impl Iterator<Item = char> {
    let is_accent = |c: &char| ('\u{300}'..='\u{36F}').contains(c);
    // Greek writes one small letter in two ways.
    let plain_sigma = |c: char| if c == 'ς' { 'σ' } else { c };
    let lower = text.nfkd().flat_map(char::to_lowercase);
    lower.filter(move |c| !is_accent(c)).map(plain_sigma).nfc()
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
