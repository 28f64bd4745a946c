// Several lines that were pasted into a field for one: until somebody says what they are, they wait here.
import type { Applied } from "../bindings/Applied";
import type { CommandError } from "../bindings/CommandError";
import * as ipc from "../ipc";
import { asOne, eachOf, linesOf, tooMany, type Lines } from "../lines";

export class Pasting {
  lines = $state.raw<Lines | null>(null);
  error = $state.raw<CommandError | null>(null);
  busy = $state(false);
  #text = "";

  /** Whether each line can be a todo of its own. */
  readonly each = $derived(this.lines && eachOf(this.lines));

  get tooMany(): boolean {
    return this.lines !== null && tooMany(this.lines);
  }

  /** Takes a text of several lines, and says how many there are; 0: it is one line, and not taken. */
  take(text: string): number {
    const lines = linesOf(text);
    const count = lines.titles.length + lines.tooLong.length;
    if (count < 2) return 0;
    this.lines = lines;
    this.error = null;
    this.#text = text;
    return count;
  }

  leave(): void {
    this.lines = null;
    this.error = null;
    this.#text = "";
  }

  /** Adds a todo for each line, in one edit; null if that was refused, and the lines stay. */
  async addEach(): Promise<Applied | null> {
    const { each } = this;
    return each ? this.#add(() => ipc.addTodos(each)) : null;
  }

  /** Adds one todo, whose description is what follows the first line; null as above. */
  async addAsOne(): Promise<Applied | null> {
    const { title, description } = asOne(this.#text);
    return this.#add(() => ipc.addTodo(title, description));
  }

  async #add(send: () => Promise<Applied>): Promise<Applied | null> {
    if (this.busy) return null;
    this.busy = true;
    try {
      const applied = await send();
      this.leave();
      return applied;
    } catch (refused) {
      this.error = ipc.asCommandError(refused);
      return null;
    } finally {
      this.busy = false;
    }
  }
}

export const pasting = new Pasting();
