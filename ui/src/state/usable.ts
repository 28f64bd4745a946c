// Which commands mean something now, what each is called here, and why one cannot be used.
import type { Command } from "../keys";
import { text } from "../text";
import { named } from "../text/forms";
import { account } from "./account.svelte";
import { app } from "./app.svelte";
import { cursor } from "./cursor.svelte";
import { list } from "./list.svelte";
import { sync } from "./sync.svelte";
import { view } from "./view.svelte";

/** Those that are not here always mean something. */
const meant: Partial<Record<Command, () => boolean>> = {
  toggle: () => !inDeleted() && cursor.targets.length > 0,
  edit: () => !inDeleted() && cursor.todo !== null,
  history: () => !inDeleted() && cursor.todo !== null,
  delete: () => !inDeleted() && cursor.targets.length > 0,
  restore: () => inDeleted() && cursor.targets.length > 0,
  filterAll: () => list.filter !== "all",
  filterActive: () => list.filter !== "active",
  filterCompleted: () => list.filter !== "completed",
  filterDeleted: () => list.filter !== "deleted",
  sortNewest: () => view.sort !== "newest",
  sortOldest: () => view.sort !== "oldest",
  fold: () => list.slots.header !== null,
  palette: () => false,
  escape: () => false,
  syncNow: () => sync.status !== null && sync.stand !== "signInNeeded",
  tryAgain: () => sync.setAside > 0,
  signIn: () => account.canSignIn,
  signOut: () => account.profile !== null,
};

/** Whether a command does something that the person can mean now. */
export const isMeant = (command: Command): boolean => meant[command]?.() ?? true;

const edits: Command[] = ["add", "toggle", "delete", "restore", "undo", "redo", "import"];

/** Why a command cannot be used now, in words; null where it can. */
export function obstacleTo(command: Command): string | null {
  if (app.readOnly && edits.includes(command)) return text.palette.readOnly;
  return command === "syncNow" && sync.status?.phase === "offline" ? text.palette.offline : null;
}

/** The name of a command, as it is now. */
export function nameOf(command: Command): string {
  const say = text.palette;
  switch (command) {
    case "toggle":
      return cursor.todo?.completed ? say.reopen : say.complete;
    case "sync":
      return account.profile ? text.commands.sync : text.trust.hereTitle;
    case "fold":
      return view.folded ? say.unfold : say.fold;
    default:
      return text.commands[command];
  }
}

/** The todos that a command would be about, in words; null where it is about none. */
export function aboutOf(command: Command): string | null {
  const ofOne = command === "edit" || command === "history";
  if (!ofOne && !ofAll.includes(command)) return null;
  const titles = cursor.todo ? [cursor.todo.title] : [];
  return named(titles, ofOne ? titles.length : cursor.targets.length);
}

const ofAll: Command[] = ["toggle", "delete", "restore"];
const inDeleted = () => list.shown.filter === "deleted";
