// What each command of the keyboard map does.
import type { Command } from "../keys";
import { app } from "./app.svelte";
import { cursor } from "./cursor.svelte";
import { editor } from "./editor.svelte";
import { redo, remove, restore, setCompleted, undo } from "./edits.svelte";
import { fields } from "./fields";
import { list } from "./list.svelte";
import { motion } from "./motion.svelte";
import { selectAll } from "./selecting";
import { sync } from "./sync.svelte";
import { toasts } from "./toasts.svelte";
import { view } from "./view.svelte";
import { viewport } from "./viewport.svelte";

export function run(command: Command): void {
  void deeds[command]();
}

const deeds: Record<Command, () => unknown> = {
  add: () => fields.add?.focus(),
  search: () => {
    fields.search?.focus();
    fields.search?.select();
  },
  undo: () => undo(),
  redo: () => redo(),
  filterAll: () => list.show("all"),
  filterActive: () => list.show("active"),
  filterCompleted: () => list.show("completed"),
  filterDeleted: () => list.show("deleted"),
  account: () => (app.dialog = "account"),
  // Without an account there is nothing to sync, and a way to change that.
  sync: () => (app.dialog = sync.status ? "sync" : "account"),
  settings: () => (app.dialog = "settings"),
  sheet: () => (app.dialog = "keyboard"),
  escape,
  up: () => cursor.moveBy(-1),
  down: () => cursor.moveBy(1),
  extendUp: () => cursor.extendBy(-1),
  extendDown: () => cursor.extendBy(1),
  selectAll: () => selectAll(),
  first: () => cursor.moveTo(0),
  last: () => cursor.moveTo(list.slots.count - 1),
  pageUp: () => cursor.moveBy(-viewport.lines),
  pageDown: () => cursor.moveBy(viewport.lines),
  toggle,
  edit,
  history,
  delete: () => (isDeletedShown() ? undefined : remove(cursor.targets)),
};

/** Opens the todo under the cursor for editing. */
export async function openTodo(): Promise<void> {
  const { todo, slot } = cursor;
  if (todo && !isDeletedShown()) await editor.open(todo, slot);
}

/** Folds the completed todos away, or unfolds them. */
export async function fold(): Promise<void> {
  if (!(await editor.leave())) return;
  motion.around(() => (view.folded = !view.folded));
  view.keep();
  viewport.focus();
}

function toggle(): unknown {
  if (isOnHeader()) return fold();
  if (isDeletedShown() || app.readOnly) return undefined;
  return setCompleted(cursor.targets, !cursor.todo?.completed);
}

function edit(): unknown {
  if (isOnHeader()) return fold();
  return isDeletedShown() ? restore(cursor.targets) : openTodo();
}

/** The past of the todo that is open, or of the one under the cursor. */
async function history(): Promise<void> {
  if (!editor.base) await openTodo();
  if (editor.base) await editor.toggleHistory();
}

/** Steps back by one: out of a field, out of a selection, out of a search, out of a toast. */
function escape(): void {
  const inField = document.activeElement instanceof HTMLInputElement;
  if (!inField && cursor.selected.size > 0) cursor.selected.clear();
  else if (list.query !== "" && document.activeElement !== fields.add) list.search("");
  else if (!inField) toasts.dismiss();
  viewport.focus();
}

const isDeletedShown = () => list.shown.filter === "deleted";
const isOnHeader = () => list.line(cursor.slot).kind === "header";
