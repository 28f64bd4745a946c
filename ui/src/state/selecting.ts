// All todos that are shown, selected at once: by their ids, as the window holds only the rows in sight.
import * as ipc from "../ipc";
import { MOST_AT_ONCE } from "../lines";
import { text } from "../text";
import { app } from "./app.svelte";
import { cursor } from "./cursor.svelte";
import { list, sameQuestion, type Shown } from "./list.svelte";
import { toasts } from "./toasts.svelte";
import { view } from "./view.svelte";
import { viewport } from "./viewport.svelte";

export async function selectAll(): Promise<void> {
  const { shown, slots } = list;
  try {
    const ids = await idsOf(shown);
    // Whoever looks at another list by now does not mean these.
    if (!sameQuestion(shown, list.shown)) return;
    cursor.select(ids);
    viewport.focus();
    const all = slots.header !== null && view.folded ? list.counts.active : shown.total;
    if (ids.length < all || shown.more) toasts.done(text.rows.firstSelected(ids.length));
  } catch (refused) {
    toasts.refused(app.met(refused));
  }
}

/** What is folded away is not shown, and is not meant. */
async function idsOf({ filter, sort, query, total }: Shown): Promise<string[]> {
  if (query !== "")
    return (await ipc.searchTodos(query, filter, 0, total)).rows.map(({ id }) => id);
  return ipc.todoIds(filter === "all" && view.folded ? "active" : filter, sort, MOST_AT_ONCE);
}
