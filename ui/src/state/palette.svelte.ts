// The command palette: what was typed in it, and what fits that, in the order in which it is shown.
import type { TodoRow } from "../bindings/TodoRow";
import * as ipc from "../ipc";
import { bindings, isCommand, type Command } from "../keys";
import { ranked } from "../ranking";
import { text } from "../text";
import { app } from "./app.svelte";
import { aboutOf, isMeant, nameOf, obstacleTo } from "./usable";

export type Item = { id: string } & (
  | {
      kind: "command";
      command: Command;
      name: string;
      /** The todos that it would be about, in words. */
      about: string | null;
      obstacle: string | null;
    }
  | { kind: "todo"; row: TodoRow }
  | { kind: "search"; query: string }
);
type CommandItem = Item & { kind: "command" };
export type Group = { title: string; items: Item[] };

const KEY = "clove.recent";
const MOST_RECENT = 5;
/** So many commands and so many todos are offered for what was typed. */
const MOST_COMMANDS = 8;
const MOST_TODOS = 8;

class Palette {
  query = $state("");
  /** Which of the items Enter takes. */
  at = $state(0);
  #recent = $state.raw<Command[]>(kept());
  #hits = $state.raw<{ query: string; rows: TodoRow[]; total: number }>(NOTHING);
  #question = 0;

  readonly #commands: CommandItem[] = $derived(
    bindings
      .filter(({ command, group }) => group !== "list" && isMeant(command))
      .map(({ command }) => ({
        id: `palette-${command}`,
        kind: "command" as const,
        command,
        name: nameOf(command),
        about: aboutOf(command),
        obstacle: obstacleTo(command),
      })),
  );
  readonly groups: Group[] = $derived(
    (this.query.trim() === "" ? this.#untyped() : this.#typed()).filter(
      ({ items }) => items.length > 0,
    ),
  );
  readonly items: Item[] = $derived(this.groups.flatMap(({ items }) => items));
  readonly current: Item | undefined = $derived(this.items[this.at]);

  open(): void {
    this.type("");
    app.dialog = "palette";
  }

  type(query: string): void {
    this.query = query;
    this.at = 0;
    void this.#search(query.trim());
  }

  /** Past the last item comes the first. */
  moveBy(items: number): void {
    const count = this.items.length;
    if (count > 0) this.at = (this.at + items + count) % count;
  }

  /** Remembers what was run last. */
  ran(command: Command): void {
    this.#recent = [command, ...this.#recent.filter((one) => one !== command)].slice(
      0,
      MOST_RECENT,
    );
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#recent));
    } catch {
      // It is a convenience: losing it is fine.
    }
  }

  #untyped(): Group[] {
    const find = (wanted: Command) => this.#commands.find(({ command }) => command === wanted);
    const recent = this.#recent.map(find).filter((item) => item !== undefined);
    const rest = this.#commands.filter((item) => !recent.includes(item));
    const groupOf = (item: CommandItem) => item.about ?? text.sheet.groups[groups[item.command]];
    const titles = [...new Set(rest.map(groupOf))];
    return [
      { title: text.palette.recent, items: recent },
      ...titles.map((title) => ({
        title,
        items: rest.filter((item) => groupOf(item) === title),
      })),
    ];
  }

  #typed(): Group[] {
    const lately = ({ command }: CommandItem) => (this.#recent.includes(command) ? 0 : 1);
    // The title of a todo that a command would be about is no part of the command's name.
    const named = [...this.#commands]
      .sort((a, b) => lately(a) - lately(b))
      .map((item) => {
        const { command } = item;
        return { item, name: text.commands[command], also: text.palette.also[command] ?? "" };
      });
    const commands = ranked(this.query, named).map(({ item }) => item);
    const { query, rows, total } = this.#hits;
    const todos: Item[] = rows.map((row) => ({ id: `palette-todo-${row.id}`, kind: "todo", row }));
    if (total > rows.length) todos.push({ id: "palette-search", kind: "search", query });
    return [
      { title: text.palette.commands, items: commands.slice(0, MOST_COMMANDS) },
      { title: text.palette.todos, items: todos },
    ];
  }

  /** The hits of an earlier question stay until a newer one is answered. */
  async #search(query: string): Promise<void> {
    const question = ++this.#question;
    if (query === "") {
      this.#hits = NOTHING;
      return;
    }
    try {
      const { rows, total } = await ipc.searchTodos(query, "all", 0, MOST_TODOS);
      if (question === this.#question) this.#hits = { query, rows, total };
    } catch {
      // It was overtaken, or the list has failed too and says why.
    }
  }
}

const groups = Object.fromEntries(bindings.map(({ command, group }) => [command, group])) as Record<
  Command,
  (typeof bindings)[number]["group"]
>;

const NOTHING = { query: "", rows: [], total: 0 };

function kept(): Command[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isCommand).slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

export const palette = new Palette();
