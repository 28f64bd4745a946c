// The quick-add window: one draft, which outlives its page, and what was added last.
import { tick } from "svelte";
import type { Applied } from "../bindings/Applied";
import * as ipc from "../ipc";
import { asOne, eachOf, linesOf } from "../lines";
import { text } from "../text";
import { speak } from "../words.svelte";
import { Adding } from "./adding.svelte";

/** The page's field, once it is drawn. */
export type Field = { focus: () => void; height: () => number };
/** Several lines are several todos, or the title and the description of one. */
export type Reading = "lines" | "one";

class Quick {
  readonly adding = new Adding((draft) => ipc.quickAddKeep(draft));
  /** What was done last, in words, and the edit that can be taken back. */
  told = $state.raw<{ words: string; action: number | null } | null>(null);
  #field: Field | null = null;
  #isThere = false;

  readonly lines = $derived(linesOf(this.adding.draft));
  /** How many lines the draft has; 1 unless there are several. */
  readonly several = $derived(Math.max(1, this.lines.titles.length + this.lines.tooLong.length));
  /** The todos that several lines would be; null where they can't be a todo each. */
  readonly each = $derived(eachOf(this.lines));

  /** Call when the field is drawn. The shell gives it the keys that were pressed meanwhile. */
  async start(field: Field): Promise<void> {
    this.#field = field;
    this.#isThere = false;
    try {
      await ipc.onAppInfoChanged(({ locale }) => speak(locale));
      await ipc.onQuickAddShown(() => void this.#shown());
      this.adding.draft = await ipc.quickAddDraft();
    } catch (refused) {
      this.adding.error = ipc.asCommandError(refused);
    }
    this.#isThere = true;
    await this.#shown();
  }

  /** The window has the focus: it gets keys from now on, if the draft is there to which they belong. */
  focused(): void {
    if (this.#isThere) void this.#ask(ipc.quickAddOpened(true));
  }

  typed(): void {
    this.adding.typed();
  }

  /** Adds, and goes unless it is to stay; a refused text stays, and so does the window. */
  async submit(stay: boolean, reading: Reading = "lines"): Promise<void> {
    let applied: Applied | null = null;
    const add = async (draft: string) => (applied = await this.#add(draft, reading));
    const first = await this.adding.submit(add);
    if (!first || !applied) return;
    const { action, todos } = applied as Applied;
    const words = todos.length === 1 ? text.added(first.title) : text.quick.addedMany(todos.length);
    this.told = { words, action };
    if (!stay) return this.leave();
    this.#field?.focus();
    await this.adding.keep();
  }

  /** Whether undo is about what was added last, and not about what is typed. */
  get undoes(): boolean {
    return this.adding.draft === "" && (this.told?.action ?? null) !== null;
  }

  /** Takes back what was added last. */
  async undo(): Promise<void> {
    const action = this.told?.action;
    if (action === undefined || action === null) return;
    this.told = null;
    this.#field?.focus();
    try {
      const undone = await ipc.undo(action);
      const words = undone
        ? text.undone(undone.kind, undone.titles, undone.count)
        : text.nothingToUndo;
      this.told = { words, action: null };
    } catch (refused) {
      this.adding.error = ipc.asCommandError(refused);
    }
  }

  /** Goes, and keeps the draft. */
  async leave(): Promise<void> {
    this.told = null;
    this.adding.error = null;
    this.#field?.focus();
    // The window has its next height before it goes, so that it does not jump when it comes.
    await this.fit();
    await this.#ask(ipc.quickAddHide(this.adding.draft));
  }

  /** Gives the window the height of the page. */
  async fit(): Promise<void> {
    await tick();
    if (this.#field) await this.#ask(ipc.quickAddFit(this.#field.height()));
  }

  #add(draft: string, reading: Reading): Promise<Applied> {
    if (this.several === 1) return ipc.addTodo(draft);
    if (reading === "one") {
      const { title, description } = asOne(draft);
      return ipc.addTodo(title, description);
    }
    const lines = linesOf(draft);
    // Where there is none for each line, the core refuses them in its own words, and adds none.
    return ipc.addTodos(eachOf(lines) ?? [...lines.titles, ...lines.tooLong]);
  }

  async #shown(): Promise<void> {
    await tick();
    this.#field?.focus();
    await this.#ask(ipc.quickAddOpened(document.hasFocus()));
    await this.fit();
  }

  async #ask(asked: Promise<unknown>): Promise<void> {
    try {
      await asked;
    } catch (refused) {
      this.adding.error = ipc.asCommandError(refused);
    }
  }
}

export const quick = new Quick();
