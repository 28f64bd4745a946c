// The field that adds todos. What was typed leaves it only when it is on the disk.
import type { Applied } from "../bindings/Applied";
import type { CommandError } from "../bindings/CommandError";
import type { TodoRow } from "../bindings/TodoRow";
import * as ipc from "../ipc";

export class Adding {
  draft = $state("");
  error = $state.raw<CommandError | null>(null);
  busy = $state(false);
  /** True from the first keystroke after an add: until then the field has nothing of its own to undo. */
  touched = $state(false);
  #keeping: Promise<void> | null = null;

  constructor(private readonly leave: (draft: string) => Promise<unknown>) {}

  typed(): void {
    this.touched = true;
    this.error = null;
    void this.keep();
  }

  /** Puts in front of what is typed already what was left here before. */
  found(draft: string): void {
    this.draft = draft + this.draft;
    this.touched = this.draft !== "";
  }

  /** Leaves the draft with the shell, where it is safe from whatever happens to the page. */
  keep(): Promise<void> {
    this.#keeping ??= this.#keepNewest().finally(() => (this.#keeping = null));
    return this.#keeping;
  }

  /** One call at a time, however fast somebody types. */
  async #keepNewest(): Promise<void> {
    let kept: string;
    do {
      kept = this.draft;
      try {
        // Half a character, which no call takes, is refused when it is added and not while it is typed.
        await this.leave(kept.toWellFormed());
      } catch (refused) {
        this.error = ipc.asCommandError(refused);
      }
    } while (kept !== this.draft);
  }

  /** Adds the draft, and returns the first new todo; null if it was refused, and the draft stays. */
  async submit(
    add: (draft: string) => Promise<Applied> = (draft) => ipc.addTodo(draft),
  ): Promise<TodoRow | null> {
    if (this.busy) return null;
    const title = this.draft;
    this.busy = true;
    try {
      const { todos } = await add(title);
      // What was typed while the disk was busy is the next todo's.
      this.draft = this.draft.startsWith(title) ? this.draft.slice(title.length) : this.draft;
      this.touched = this.draft !== "";
      this.error = null;
      return todos[0] ?? null;
    } catch (refused) {
      this.error = ipc.asCommandError(refused);
      return null;
    } finally {
      this.busy = false;
    }
  }
}

export const adding = new Adding((draft) => ipc.keepAddDraft(draft));

/** Brings back what was typed when the window was closed, or Clove was quit. */
export async function recallDraft(): Promise<void> {
  try {
    adding.found(await ipc.addDraft());
  } catch (refused) {
    adding.error = ipc.asCommandError(refused);
  }
}
