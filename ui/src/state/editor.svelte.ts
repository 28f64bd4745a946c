// The one todo that is open for editing. Its drafts live here, not in the page: no change from
// elsewhere, no scrolling and no refusal takes them away.
import type { HistoryEntry } from "../bindings/HistoryEntry";
import type { TodoRow } from "../bindings/TodoRow";
import * as ipc from "../ipc";
import { text } from "../text";
import { app } from "./app.svelte";
import { restoreVersion } from "./edits.svelte";
import { list, sameQuestion, type Shown } from "./list.svelte";
import { motion } from "./motion.svelte";
import { toasts } from "./toasts.svelte";
import { viewport } from "./viewport.svelte";

type Field = "title" | "description";

class Editor {
  /** The todo as the core last told it; null while nothing is open. */
  base = $state.raw<TodoRow | null>(null);
  title = $state("");
  description = $state("");
  error = $state.raw<{ field: Field; message: string } | null>(null);
  history = $state.raw<HistoryEntry[] | null>(null);
  historyOpen = $state(false);
  historyError = $state<string | null>(null);
  #saving: Promise<boolean> | null = null;
  /** The drafts that were refused when the window was to go. */
  #refused: string | null = null;

  constructor() {
    list.onReplaced.push((before, after) => this.#follow(before, after));
  }

  async open(row: TodoRow, slot: number): Promise<void> {
    if (this.base && !(await this.leave())) return;
    this.base = row;
    this.title = row.title;
    this.description = row.description ?? "";
    this.error = null;
    this.history = null;
    this.historyOpen = false;
    viewport.opening = { slot, height: viewport.row, replaces: true };
  }

  /** The height that the page found the editor to have. */
  measured(height: number): void {
    const { opening } = viewport;
    if (!opening || opening.height === height) return;
    motion.around(() => (viewport.opening = { ...opening, height }));
  }

  /** Saves and closes. False if something was refused: then it stays open, drafts and all. */
  async leave(): Promise<boolean> {
    const { base } = this;
    if (!(await this.save())) return false;
    if (this.base?.id === base?.id) this.#close();
    return true;
  }

  /** Closes and forgets the drafts. */
  cancel(): void {
    this.#close();
  }

  /** Saves what differs. One save at a time: the second caller waits for the first. */
  async save(): Promise<boolean> {
    this.#saving ??= this.#saveBoth().finally(() => (this.#saving = null));
    return this.#saving;
  }

  /**
   * Saves because the window is to go. False if that would lose what somebody typed: once for the same
   * drafts, so that nobody is held who wants to go all the same.
   */
  async saveBeforeEnd(): Promise<boolean> {
    await this.#saving;
    // Nothing is lost with an empty title: the todo keeps the one that it has.
    if (this.base && this.title.trim() === "") this.title = this.base.title;
    const drafts = JSON.stringify([this.base?.id, this.title, this.description]);
    const insists = this.#refused === drafts;
    const saved = await this.save();
    this.#refused = saved ? null : drafts;
    return saved || insists;
  }

  async toggleHistory(): Promise<void> {
    this.historyOpen = !this.historyOpen;
    if (this.historyOpen) await this.#readHistory();
  }

  async restoreVersion(seq: number): Promise<void> {
    const row = await restoreVersion(seq);
    if (!row || row.id !== this.base?.id) return;
    this.base = row;
    this.title = row.title;
    this.description = row.description ?? "";
    await this.#readHistory();
  }

  #close(): void {
    motion.around(() => {
      this.base = null;
      this.error = null;
      viewport.opening = null;
    });
  }

  async #saveBoth(): Promise<boolean> {
    const { base } = this;
    if (!base) return true;
    const title = this.title.trim();
    const description = this.description.trim() === "" ? null : this.description;
    const steps: [Field, boolean, () => ReturnType<typeof ipc.renameTodo>][] = [
      ["title", title !== base.title, () => ipc.renameTodo(base.id, title)],
      [
        "description",
        description !== base.description,
        () => ipc.describeTodo(base.id, description),
      ],
    ];
    let changed = false;
    let error: typeof this.error = null;
    for (const [field, differs, send] of steps) {
      if (!differs) continue;
      try {
        const { todos } = await send();
        list.patch(todos);
        if (todos[0] && this.base?.id === base.id) this.base = todos[0];
        changed = true;
      } catch (refused) {
        error ??= { field, message: app.met(refused).message };
      }
    }
    this.error = error;
    if (changed) list.invalidate();
    if (error) return false;
    if (changed) {
      app.kept();
      toasts.say(text.saved(title));
    }
    return true;
  }

  async #readHistory(): Promise<void> {
    const { base } = this;
    if (!base) return;
    try {
      const entries = await ipc.history(base.id);
      if (this.base?.id !== base.id) return;
      this.history = entries;
      this.historyError = null;
    } catch (refused) {
      this.historyError = ipc.asCommandError(refused).message;
    }
  }

  /** After the list has changed: the editor goes with its todo, or keeps its place if that is gone. */
  #follow(before: Shown, after: Shown): void {
    const { base } = this;
    const { opening } = viewport;
    if (!base || !opening) return;
    if (!sameQuestion(before, after)) {
      viewport.opening = { ...opening, slot: 0, replaces: false };
      void this.leave();
      return;
    }
    const slot = list.slotOfTodo(base.id);
    if (slot !== null) {
      viewport.opening = { ...opening, slot, replaces: true };
      const row = after.rows.find(({ id }) => id === base.id);
      if (row) this.#rebase(base, row);
    } else if (list.line(opening.slot).kind !== "missing" || opening.slot >= list.slots.count) {
      const at = Math.min(opening.slot, list.slots.count);
      viewport.opening = { ...opening, slot: at, replaces: false };
    }
  }

  /** A field that the user has not touched shows the newer value; a draft stays as it is. */
  #rebase(base: TodoRow, row: TodoRow): void {
    if (this.title === base.title) this.title = row.title;
    if (this.description === (base.description ?? "")) this.description = row.description ?? "";
    this.base = row;
  }
}

export const editor = new Editor();
