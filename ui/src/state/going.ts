// How to get to a todo, wherever it is.
import * as ipc from "../ipc";
import { tick } from "svelte";
import { app } from "./app.svelte";
import { cursor } from "./cursor.svelte";
import { editor } from "./editor.svelte";
import { list } from "./list.svelte";
import { toasts } from "./toasts.svelte";
import { view } from "./view.svelte";
import { viewport } from "./viewport.svelte";

/** Shows a todo in the list, with the cursor and the focus on it. `opened`, its editor is opened too. */
export async function goTo(id: string, opened = false): Promise<void> {
  app.dialog = null;
  // What the dialog covered has the focus again, and then the list takes it.
  await tick();
  if (!(await editor.leave())) return;
  try {
    const { filter, position } = await ipc.locateTodo(id, list.filter, view.sort);
    await list.showAt(filter, position);
    const slot = list.slotOfTodo(id);
    if (slot !== null && slot >= list.slots.count) view.unfold();
    if (slot !== null) cursor.moveTo(slot);
    viewport.focus();
    const { todo } = cursor;
    if (opened && todo?.id === id && todo.deletedAt === null) await editor.open(todo, cursor.slot);
  } catch (refused) {
    toasts.refused(ipc.asCommandError(refused));
  }
}
