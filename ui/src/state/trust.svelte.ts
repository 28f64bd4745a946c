// What one can look up about the safety of one's todos: what waits, and which edits gave way.
import type { Conflict } from "../bindings/Conflict";
import type { TodoRow } from "../bindings/TodoRow";
import * as ipc from "../ipc";
import { restoreVersion } from "./edits.svelte";

/** So many edits that gave way are shown. */
const CONFLICTS = 20;

class Trust {
  /** The first of the todos that wait to be sent. */
  waiting = $state.raw<TodoRow[]>([]);
  /** The newest edits that gave way, the last first. */
  conflicts = $state.raw<Conflict[]>([]);
  /** One question at a time: sync may move many times a second. */
  #asking = false;
  #stale = false;

  async learn(): Promise<void> {
    this.#stale = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#stale) {
      this.#stale = false;
      [this.waiting, this.conflicts] = await Promise.all([
        ipc.waitingTodos().catch(() => this.waiting),
        ipc.conflicts(CONFLICTS).catch(() => this.conflicts),
      ]);
    }
    this.#asking = false;
  }

  /** Gives a todo the value again that this device had. */
  async restore({ entry }: Conflict): Promise<void> {
    await restoreVersion(entry.seq);
    await this.learn();
  }
}

export const trust = new Trust();
