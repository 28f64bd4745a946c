//! Which edits can be taken back, and in which order.

use crate::view::ActionKind;

/// The most edits that can be taken back.
const DEPTH: usize = 1_000;

/// An edit of this session, by its number in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) number: i64,
    pub(crate) kind: ActionKind,
}

/// The edits that undo and redo walk along. It holds numbers alone: the values are in the history.
#[derive(Debug, Default)]
pub(crate) struct UndoStack {
    undo: Vec<Action>,
    redo: Vec<Action>,
}

/// The way to walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Undo,
    Redo,
}

impl UndoStack {
    /// A new edit: there is nothing to redo after it.
    pub(crate) fn push(&mut self, action: Action) {
        self.redo.clear();
        push_bounded(&mut self.undo, action);
    }

    /// Takes the next edit of that direction, or the one with this number.
    pub(crate) fn take(&mut self, direction: Direction, number: Option<i64>) -> Option<Action> {
        let stack = self.side(direction);
        match number {
            None => stack.pop(),
            Some(number) => {
                let index = stack.iter().rposition(|action| action.number == number)?;
                Some(stack.remove(index))
            }
        }
    }

    /// Puts back an edit that could not be taken back.
    pub(crate) fn put_back(&mut self, direction: Direction, action: Action) {
        push_bounded(self.side(direction), action);
    }

    /// Notes the edit that took another back: what was undone can be redone by undoing that.
    pub(crate) fn done(&mut self, direction: Direction, inverse: Action) {
        let other = match direction {
            Direction::Undo => Direction::Redo,
            Direction::Redo => Direction::Undo,
        };
        push_bounded(self.side(other), inverse);
    }

    fn side(&mut self, direction: Direction) -> &mut Vec<Action> {
        match direction {
            Direction::Undo => &mut self.undo,
            Direction::Redo => &mut self.redo,
        }
    }
}

fn push_bounded(stack: &mut Vec<Action>, action: Action) {
    if stack.len() == DEPTH {
        stack.remove(0);
    }
    stack.push(action);
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
