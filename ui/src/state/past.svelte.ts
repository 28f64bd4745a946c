// The histories that a dialog shows, of todos that may stand anywhere in the list, or nowhere.
import type { HistoryEntry } from "../bindings/HistoryEntry";
import type { LostEdit } from "../bindings/LostEdit";
import * as ipc from "../ipc";
import { restoreVersion } from "./edits.svelte";

export type Past = LostEdit & { entries: HistoryEntry[] | null; error: string | null };

/** More are not shown at once. */
const SHOWN = 20;

class Pasts {
  todos = $state.raw<Past[]>([]);

  async open(todos: LostEdit[]): Promise<void> {
    this.todos = todos.slice(0, SHOWN).map((todo) => ({ ...todo, entries: null, error: null }));
    await Promise.all(this.todos.map(({ id }) => this.#read(id)));
  }

  async restore(id: string, seq: number): Promise<void> {
    const row = await restoreVersion(seq);
    if (row?.id !== id) return;
    this.#put(id, { title: row.title });
    await this.#read(id);
  }

  async #read(id: string): Promise<void> {
    try {
      this.#put(id, { entries: await ipc.history(id), error: null });
    } catch (refused) {
      this.#put(id, { error: ipc.asCommandError(refused).message });
    }
  }

  #put(id: string, now: Partial<Past>): void {
    this.todos = this.todos.map((todo) => (todo.id === id ? { ...todo, ...now } : todo));
  }
}

export const past = new Pasts();
