// What each command of the keyboard map does.
import { tick } from "svelte";
import * as ipc from "../ipc";
import { bindings, isCommand, type Command } from "../keys";
import { adding } from "./adding.svelte";
import { account } from "./account.svelte";
import { app } from "./app.svelte";
import { cursor } from "./cursor.svelte";
import { editor } from "./editor.svelte";
import { redo, remove, restore, setCompleted, undo } from "./edits.svelte";
import { fields } from "./fields";
import { startExport, startImport } from "./keep.svelte";
import { list } from "./list.svelte";
import { motion } from "./motion.svelte";
import { selectAll } from "./selecting";
import { palette } from "./palette.svelte";
import { sync } from "./sync.svelte";
import { toasts } from "./toasts.svelte";
import { view } from "./view.svelte";
import { viewport } from "./viewport.svelte";

export function run(command: Command): void {
  void deeds[command]();
}

/** A key's command. While a dialog is open, it has the keys; but Clove can be quit from anywhere. */
export function press(command: Command): boolean {
  if (command !== "quit" && (app.dialog !== null || account.asksToMove)) return false;
  run(command);
  return true;
}

/** Listens to the menu bar, the tray, and whoever closes the window. */
export async function listen(): Promise<void> {
  await ipc.onCommand(choose);
  await ipc.onCloseRequested(close);
  // The window may have been opened for one.
  choose(location.hash.slice(1));
}

/** What was chosen outside the page, while anything may have the focus in it. */
function choose(command: string): void {
  if (!isCommand(command)) return;
  if (isOwnEdit(command)) document.execCommand(command);
  else if (app.dialog === null || opensOver(command)) run(command);
}

/** In a field, Select all is about its text, and so is Undo where something was typed. */
function isOwnEdit(command: Command): boolean {
  const at = document.activeElement;
  const inText =
    at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === "text");
  if (!inText) return false;
  if (command === "selectAll") return true;
  return (command === "undo" || command === "redo") && at.dataset["pristine"] !== "true";
}

/** Whether a command is about Clove as a whole, and not about the todos that a dialog covers. */
const opensOver = (wanted: Command) =>
  bindings.some(({ command, group }) => command === wanted && group === "app");

const deeds: Record<Command, () => unknown> = {
  add,
  search: () => {
    fields.search?.focus();
    fields.search?.select();
  },
  undo: () => undo(),
  redo: () => redo(),
  filterAll: () => list.show("all"),
  filterActive: () => list.show("active"),
  filterCompleted: () => list.show("completed"),
  filterDeleted: () => {
    // The field for new todos goes.
    if (document.activeElement === fields.add) viewport.focus();
    return list.show("deleted");
  },
  sortNewest: () => list.sortBy("newest"),
  sortOldest: () => list.sortBy("oldest"),
  fold,
  palette: () => palette.open(),
  account: () => (app.dialog = "account"),
  sync: () => (app.dialog = "sync"),
  syncNow: () => sync.now(),
  tryAgain: () => sync.tryAgain(),
  signIn: () => sync.signIn(),
  signOut: () => (app.dialog = "signOut"),
  doctor: () => (app.dialog = "doctor"),
  settings: () => (app.dialog = "settings"),
  sheet: () => (app.dialog = "keyboard"),
  import: startImport,
  export: startExport,
  quit,
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
  restore: () => restore(cursor.targets),
  delete: () => (isDeletedShown() ? undefined : remove(cursor.targets)),
};

/** To the field for new todos, which is not among what is deleted. */
async function add(): Promise<void> {
  if (list.filter === "deleted" || isDeletedShown()) await list.show("active");
  await tick();
  fields.add?.focus();
}

/** Opens the todo under the cursor for editing. */
export async function openTodo(): Promise<void> {
  const { todo, slot } = cursor;
  if (todo && !isDeletedShown()) await editor.open(todo, slot);
}

/** Folds the completed todos away, or unfolds them. */
export async function fold(): Promise<void> {
  if (!(await editor.leave())) return;
  motion.around(() => (view.folded = !view.folded));
  if (cursor.slot >= list.slots.count) cursor.moveTo(list.slots.count - 1);
  view.keep();
  viewport.focus();
}

/** The window is to go: the shell waits a moment until it may. */
async function close(): Promise<void> {
  const asks = await ipc.mainSaved(await isSaved()).catch(() => false);
  if (asks) app.dialog = "close";
}

async function quit(): Promise<void> {
  if (!(await isSaved())) return;
  const problem = await app.quit(false);
  if (problem !== null) toasts.refused({ message: problem });
}

/** Keeps all that is typed here. What is refused is shown, and keeps the window until somebody insists. */
async function isSaved(): Promise<boolean> {
  await adding.keep();
  const saved = await editor.saveBeforeEnd();
  if (!saved) app.dialog = null;
  return saved;
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
