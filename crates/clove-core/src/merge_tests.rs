use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::{
    clock::Millis,
    samples::{any_version, todo},
    todo::{Field, FieldValue},
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn merge_is_commutative(a in any_version(), b in any_version()) {
        prop_assert_eq!(merge(a.clone(), b.clone()), merge(b, a), "devices meet in either order");
    }

    #[test]
    fn merge_is_associative(a in any_version(), b in any_version(), c in any_version()) {
        let left = merge(merge(a.clone(), b.clone()), c.clone());
        prop_assert_eq!(left, merge(a, merge(b, c)), "versions arrive in any grouping");
    }

    #[test]
    fn merge_is_idempotent(a in any_version(), b in any_version()) {
        prop_assert_eq!(merge(a.clone(), a.clone()), a.clone(), "the same version changes nothing");
        let merged = merge(a, b.clone());
        prop_assert_eq!(merge(merged.clone(), b), merged, "nor does one that was merged before");
    }

    #[test]
    fn updated_at_never_goes_back(a in any_version(), b in any_version()) {
        let merged = merge(a.clone(), b.clone());
        let latest = a.updated_at().max(b.updated_at());
        prop_assert_eq!(merged.updated_at(), latest, "the last edit of either side is in it");
    }

    #[test]
    fn edits_to_different_fields_both_survive(base in any_version(), first in 10..20_i64, second in 10..20_i64) {
        let mut here = base.clone();
        here.set(FieldValue::Title(crate::samples::title("here")), Millis::clamped(first));
        let mut there = base;
        there.set(FieldValue::Completed(!there.completed.value), Millis::clamped(second));
        let merged = merge(here.clone(), there.clone());
        prop_assert_eq!(merged.title, here.title, "the edit made here");
        prop_assert_eq!(merged.completed, there.completed, "the edit made there");
    }

    #[test]
    fn the_later_of_delete_and_edit_wins(base in any_version(), deleted in 10..20_i64, edited in 10..20_i64) {
        let mut here = base.clone();
        here.set(FieldValue::DeletedAt(Some(Millis::clamped(deleted))), Millis::clamped(deleted));
        let mut there = base;
        there.set(FieldValue::Completed(true), Millis::clamped(edited));
        let merged = merge(here, there);
        prop_assert_eq!(merged.is_deleted(), deleted >= edited, "a later edit revives, a later delete wins");
    }
}

#[test]
fn a_tie_is_won_by_the_greater_value_of_each_field() {
    let base = todo("base", 5);
    let at = Millis::clamped(7);
    for field in Field::ALL {
        let (lesser, greater) = match field {
            // U+FF5E sorts after U+1F600 by UTF-16 unit, before it by code point.
            Field::Title => ("\"\u{FF5E}\"", "\"\u{1F600}\""),
            Field::Description => ("null", "\"a\""),
            Field::Completed => ("false", "true"),
            Field::DeletedAt => ("null", "0"),
        };
        let version = |json: &str| {
            let value = serde_json::from_str(json).and_then(|json| field.parse(json));
            let mut version = base.clone();
            version.set(value.expect("a value of the field"), at);
            version
        };
        let merged = merge(version(greater), version(lesser));
        assert_eq!(merged, version(greater), "{field:?}: {greater} is the greater value");
    }
}

/// `tests/vectors/merge.json`, which the TypeScript merge reads too.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Vector {
    name: String,
    a: Todo,
    b: Todo,
    merged: Todo,
    deleted: bool,
    updated_at: Millis,
}

#[test]
fn the_shared_vectors_hold() {
    let text = include_str!("../../../tests/vectors/merge.json");
    let vectors: Vec<Vector> = serde_json::from_str(text).expect("the vectors are valid todos");
    assert!(vectors.len() >= 20, "an emptied file would prove nothing");
    for Vector { name, a, b, merged, deleted, updated_at } in vectors {
        assert_eq!(merge(a.clone(), b.clone()), merged, "{name}");
        assert_eq!(merge(b, a), merged, "{name}, the other way round");
        assert_eq!(merged.is_deleted(), deleted, "{name}: deleted");
        assert_eq!(merged.updated_at(), updated_at, "{name}: updatedAt");
    }
}
