use super::*;

fn action(number: i64) -> Action {
    Action { number, kind: ActionKind::Edit }
}

fn stack_of(numbers: impl IntoIterator<Item = i64>) -> UndoStack {
    let mut stack = UndoStack::default();
    numbers.into_iter().for_each(|number| stack.push(action(number)));
    stack
}

#[test]
fn the_last_edit_is_taken_first() {
    let mut stack = stack_of([1, 2]);
    assert_eq!(stack.take(Direction::Undo, None), Some(action(2)), "the last one");
    assert_eq!(stack.take(Direction::Undo, None), Some(action(1)), "then the one before");
    assert_eq!(stack.take(Direction::Undo, None), None, "then there is none");
    assert_eq!(stack.take(Direction::Redo, None), None, "what was taken is not yet done");
}

#[test]
fn an_edit_is_taken_by_its_number() {
    let mut stack = stack_of([1, 2, 3]);
    assert_eq!(stack.take(Direction::Undo, Some(2)), Some(action(2)), "the one asked for");
    assert_eq!(stack.take(Direction::Undo, Some(2)), None, "once");
    assert_eq!(stack.take(Direction::Undo, None), Some(action(3)), "the others keep their order");
    assert_eq!(stack.take(Direction::Undo, None), Some(action(1)), "the others keep their order");
}

#[test]
fn what_is_undone_can_be_redone_until_the_next_edit() {
    let mut stack = stack_of([1]);
    stack.take(Direction::Undo, None);
    stack.done(Direction::Undo, action(2));
    assert_eq!(stack.take(Direction::Redo, None), Some(action(2)), "redo undoes the undo");
    stack.done(Direction::Redo, action(3));
    assert_eq!(stack.take(Direction::Undo, None), Some(action(3)), "and can be undone");
    stack.done(Direction::Undo, action(4));
    stack.push(action(5));
    assert_eq!(stack.take(Direction::Redo, None), None, "a new edit ends the way forward");
}

#[test]
fn an_undo_that_failed_can_be_tried_again() {
    let mut stack = stack_of([1]);
    let taken = stack.take(Direction::Undo, None).expect("there is an edit");
    stack.put_back(Direction::Undo, taken);
    assert_eq!(stack.take(Direction::Undo, None), Some(action(1)), "it is where it was");
}

#[test]
fn the_oldest_edit_is_forgotten_beyond_the_bound() {
    let last = i64::try_from(DEPTH).expect("a small number") + 1;
    let mut stack = stack_of(1..=last);
    let numbers = std::iter::from_fn(|| stack.take(Direction::Undo, None)).map(|a| a.number);
    assert_eq!(numbers.collect::<Vec<_>>(), (2..=last).rev().collect::<Vec<_>>(), "all but 1");
}
