// What the user does to todos that exist. Each edit says what it did, and what it could not do.
import type { Applied } from "../bindings/Applied";
import type { TodoRow } from "../bindings/TodoRow";
import type { Undone } from "../bindings/Undone";
import * as ipc from "../ipc";
import { text } from "../text";
import { app } from "./app.svelte";
import { cursor } from "./cursor.svelte";
import { list } from "./list.svelte";
import { motion } from "./motion.svelte";
import { toasts, type Offer } from "./toasts.svelte";

/** Painted at once; taken back if the core refuses. */
export async function setCompleted(ids: string[], completed: boolean): Promise<void> {
  if (ids.length === 0) return;
  cursor.letGo(ids);
  motion.ticked(ids);
  const wipe = list.paint(ids, completed);
  const applied = await attempt(ipc.setCompleted(ids, completed));
  if (applied) {
    list.patch(applied.todos);
    cursor.selected.clear();
    const say = completed ? text.completed : text.reopened;
    toasts.say(say(titlesOf(applied.todos), applied.todos.length));
  }
  wipe();
}

export async function remove(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  cursor.letGo(ids);
  const applied = await attempt(ipc.deleteTodos(ids));
  if (!applied) return;
  const { todos, action } = applied;
  cursor.selected.clear();
  toasts.done(text.deleted(titlesOf(todos), todos.length), undoOf(action));
}

export async function restore(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  cursor.letGo(ids);
  const applied = await attempt(ipc.restoreTodos(ids));
  if (!applied) return;
  const { todos, action } = applied;
  cursor.selected.clear();
  toasts.done(text.restored(titlesOf(todos), todos.length), undoOf(action));
}

/** Undoes the newest edit, or the one that is named. */
export async function undo(action: number | null = null): Promise<void> {
  const undone = await attempt(ipc.undo(action));
  if (undone !== undefined) tell(undone, text.undone, text.nothingToUndo);
}

export async function redo(): Promise<void> {
  const redone = await attempt(ipc.redo());
  if (redone !== undefined) tell(redone, text.redone, text.nothingToRedo);
}

/** Puts an old value back, and returns the todo as it is then. */
export async function restoreVersion(seq: number): Promise<TodoRow | undefined> {
  const applied = await attempt(ipc.restoreHistory(seq));
  if (!applied) return undefined;
  list.patch(applied.todos);
  toasts.done(text.historyRestoredSaid, undoOf(applied.action));
  return applied.todos[0];
}

async function attempt<T extends Applied | Undone | null>(
  edit: Promise<T>,
): Promise<T | undefined> {
  try {
    const result = await edit;
    app.kept();
    list.invalidate();
    return result;
  } catch (refused) {
    toasts.refused(app.met(refused));
    return undefined;
  }
}

function tell(result: Undone | null, say: typeof text.undone, nothing: string): void {
  if (!result) return toasts.done(nothing);
  const { kind, titles, count, skipped } = result;
  const said = say(kind, titles, count);
  toasts.done(skipped > 0 ? text.sentences(said, text.skipped(skipped)) : said);
}

/** Takes this very edit back; there is nothing to take back of 0, which changed nothing. */
export const undoOf = (action: number): Offer | null =>
  action === 0 ? null : { id: "toast-undo", label: text.undo, take: () => undo(action) };

export const titlesOf = (todos: TodoRow[]) => todos.slice(0, 1).map(({ title }) => title);
