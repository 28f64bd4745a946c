use super::*;
use crate::{random::SystemRandom, text::Title, todo::TodoId};

fn at(millis: i64) -> Millis {
    Millis::clamped(millis)
}

fn todo() -> Todo {
    let title = Title::parse("as it was").expect("a title");
    Todo::new(TodoId::generate(at(1), &SystemRandom), title, None, at(1))
}

fn with(values: &[FieldValue], moment: i64) -> Todo {
    let mut todo = todo();
    values.iter().for_each(|value| todo.set(value.clone(), at(moment)));
    todo
}

#[test]
fn each_state_has_its_plan() {
    let then = todo();
    let done = FieldValue::Completed(true);
    let gone = FieldValue::DeletedAt(Some(at(5)));
    let open = FieldValue::Completed(false);
    let back = FieldValue::DeletedAt(None);
    let same = Todo { id: then.id, ..todo() };
    let edited = Todo { id: then.id, ..with(std::slice::from_ref(&done), 5) };
    let deleted = Todo { id: then.id, ..with(std::slice::from_ref(&gone), 5) };
    let both = Todo { id: then.id, ..with(&[done, gone.clone()], 5) };
    let cases = [
        ("as it was", &same, None),
        ("edited since", &edited, Some(Restoration::Revert(vec![open.clone()]))),
        ("deleted since", &deleted, Some(Restoration::Revive(vec![back.clone()]))),
        ("edited and deleted since", &both, Some(Restoration::Revive(vec![open, back]))),
    ];
    for (what, here, plan) in cases {
        assert_eq!(plan_restoration(Some(here), &then, at(9)), plan, "{what}");
    }
    assert_eq!(plan_restoration(Some(&same), &deleted, at(9)), None, "nothing is deleted");
    assert_eq!(plan_restoration(None, &deleted, at(9)), None, "nor made to be deleted");
}

#[test]
fn one_that_is_gone_is_made_with_all_that_it_had_and_wins_over_what_it_was() {
    let then = with(&[FieldValue::Completed(true)], 500);
    let Some(Restoration::Make(made)) = plan_restoration(None, &then, at(9)) else {
        panic!("it is made");
    };
    assert_eq!((made.id, made.created_at), (then.id, then.created_at), "it is the same todo");
    assert!(made.completed.value && made.updated_at() > then.updated_at(), "a later edit of it");
}
