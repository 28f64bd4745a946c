// The list as the core last told it: one window of rows around what is visible, and the totals.
// The window is replaced whole, so the rows on the screen are always of one moment.
import { SvelteMap } from "svelte/reactivity";
import type { CommandError } from "../bindings/CommandError";
import type { Counts } from "../bindings/Counts";
import type { Filter } from "../bindings/Filter";
import type { Sort } from "../bindings/Sort";
import type { TodoRow } from "../bindings/TodoRow";
import * as ipc from "../ipc";
import { positionOf, slotOf, slotsOf, todosAbove, type Slots } from "../slots";
import { view } from "./view.svelte";

/** Rows asked for beyond the drawn ones, on each side. */
const MARGIN = 30;

type Asked = { filter: Filter; sort: Sort; query: string };
type Answer = { rows: TodoRow[]; offset: number; total: number; more: boolean };
export type Shown = Asked & Answer;
export type Line = { kind: "activeHeader" | "header" | "missing" } | { kind: "todo"; row: TodoRow };

const NOTHING: Shown = {
  filter: "all",
  sort: "newest",
  query: "",
  rows: [],
  offset: 0,
  total: 0,
  more: false,
};

export class List {
  filter = $state<Filter>("all");
  query = $state("");
  /** What is on the screen. It stays, stale, until the answer to a newer question is here. */
  shown = $state.raw<Shown>(NOTHING);
  counts = $state.raw<Counts>({ active: 0, completed: 0, deleted: 0 });
  loaded = $state(false);
  error = $state.raw<CommandError | null>(null);

  /** Called just before each replacement. */
  onReplacing: (() => void)[] = [];
  /** Called with the window before and after each replacement. */
  onReplaced: ((before: Shown, after: Shown, slotsBefore: Slots) => void)[] = [];

  readonly searching = $derived(this.shown.query !== "");
  readonly slots: Slots = $derived(
    slotsOf({
      total: this.shown.total,
      active: this.counts.active,
      completed: this.counts.completed,
      sectioned: this.shown.filter === "all" && !this.searching,
      folded: view.folded,
    }),
  );

  /** Checkmarks painted before the core has answered. */
  #painted = new SvelteMap<string, { completed: boolean }>();
  #needed = { from: 0, to: 0 };
  #question = 0;
  #inFlight: Asked | null = null;
  #stale = false;

  line(slot: number): Line {
    // Its window may hold rows that are folded away: they are no lines.
    if (slot >= this.slots.count) return { kind: "missing" };
    const position = positionOf(this.slots, slot);
    if (position === null) return { kind: slot === this.slots.header ? "header" : "activeHeader" };
    const row = this.shown.rows[position - this.shown.offset];
    return row ? { kind: "todo", row: this.#asPainted(row) } : { kind: "missing" };
  }

  /** As many of the rows that were told last, from their middle: their place may be passed already. */
  lastTold(count: number): TodoRow[] {
    const { rows, offset } = this.shown;
    const told = rows.filter((_, i) => slotOf(this.slots, offset + i) < this.slots.count);
    const from = Math.max(0, Math.floor((told.length - count) / 2));
    return told.slice(from, from + count).map((row) => this.#asPainted(row));
  }

  /** The slot where a todo is shown, if it is in the window. */
  slotOfTodo(id: string): number | null {
    const index = this.shown.rows.findIndex((row) => row.id === id);
    return index < 0 ? null : slotOf(this.slots, this.shown.offset + index);
  }

  /** Shows a list; resolves once it was answered. */
  async show(filter: Filter): Promise<void> {
    this.filter = filter;
    await this.#ask();
  }

  /** Shows a list around one of its positions, whatever was searched for; resolves once it is there. */
  async showAt(filter: Filter, position: number): Promise<void> {
    this.filter = filter;
    this.query = "";
    await this.#ask({ from: position, to: position + 1 });
  }

  search(query: string): void {
    this.query = query;
    void this.#ask();
  }

  sortBy(sort: Sort): void {
    view.sort = sort;
    view.keep();
    void this.#ask();
  }

  /** Says which slots are drawn: rows that are not here yet are asked for. */
  need(first: number, end: number): void {
    const to = Math.min(todosAbove(this.slots, end), this.shown.total);
    this.#needed = { from: todosAbove(this.slots, first), to };
    if (this.loaded && !this.#covered() && !this.#inFlight) void this.#ask();
  }

  /** Something changed: what is shown is asked for again. */
  invalidate(): void {
    if (this.#inFlight) this.#stale = true;
    else void this.#ask();
  }

  /** Paints checkmarks at once. The returned function takes the paint away again. */
  paint(ids: string[], completed: boolean): () => void {
    const coat = { completed };
    for (const id of ids) this.#painted.set(id, coat);
    return () => {
      for (const id of ids) if (this.#painted.get(id) === coat) this.#painted.delete(id);
    };
  }

  /** Puts rows as an edit left them into the window, until the fresh window is here. */
  patch(todos: TodoRow[]): void {
    const rows = this.shown.rows.map((row) => todos.find(({ id }) => id === row.id) ?? row);
    this.shown = { ...this.shown, rows };
  }

  #asPainted(row: TodoRow): TodoRow {
    const coat = this.#painted.get(row.id);
    return coat ? { ...row, completed: coat.completed } : row;
  }

  #covered(): boolean {
    const { offset, rows } = this.shown;
    return this.#needed.from >= offset && this.#needed.to <= offset + rows.length;
  }

  /** One question of a kind at a time; a question of another kind does not wait for the older. */
  async #ask(around: { from: number; to: number } | null = null): Promise<void> {
    const asked: Asked = { filter: this.filter, sort: view.sort, query: this.query.trim() };
    const same = sameQuestion(asked, this.shown);
    if (around) this.#needed = around;
    const { from, to } = same || around ? this.#needed : { from: 0, to: MARGIN };
    const offset = Math.max(0, from - MARGIN);
    const limit = to + MARGIN - offset;
    const question = ++this.#question;
    this.#inFlight = asked;
    this.#stale = false;
    try {
      const { counts, ...answer } = await fetchWindow(asked, offset, limit);
      if (question !== this.#question) return;
      this.#inFlight = null;
      this.#replace(asked, answer, counts, around !== null);
    } catch (refused) {
      if (question !== this.#question) return;
      this.#inFlight = null;
      const error = ipc.asCommandError(refused);
      if (error.code === "superseded") return;
      this.error = error;
      this.loaded = true;
      return;
    }
    // A short answer is not asked for twice; a range that was scrolled to meanwhile is.
    const moved = this.#needed.from !== from || this.#needed.to !== to;
    if (this.#stale || (moved && !this.#covered())) void this.#ask();
  }

  #replace(asked: Asked, answer: Answer, counts: Counts | null, placed: boolean): void {
    for (const replacing of this.onReplacing) replacing();
    const before = this.shown;
    const slotsBefore = this.slots;
    const known = sameQuestion(asked, before);
    this.shown = { ...asked, ...answer };
    if (counts) this.counts = counts;
    else void this.#recount(asked);
    this.loaded = true;
    this.error = null;
    if (!known && !placed) this.#needed = { from: 0, to: Math.min(MARGIN, answer.total) };
    this.#needed.to = Math.min(this.#needed.to, answer.total);
    this.#needed.from = Math.min(this.#needed.from, this.#needed.to);
    for (const replaced of this.onReplaced) replaced(before, this.shown, slotsBefore);
  }

  /** A search does not tell how many todos each filter holds; one row of the list does. */
  async #recount({ filter, sort }: Asked): Promise<void> {
    try {
      this.counts = (await ipc.listTodos(filter, sort, 0, 1)).counts;
    } catch {
      // The counts of a moment ago stay.
    }
  }
}

async function fetchWindow(
  { filter, sort, query }: Asked,
  offset: number,
  limit: number,
): Promise<Answer & { counts: Counts | null }> {
  if (query !== "") {
    const { rows, offset: at, total, more } = await ipc.searchTodos(query, filter, offset, limit);
    return { rows, offset: at, total, more, counts: null };
  }
  const { rows, offset: at, total, counts } = await ipc.listTodos(filter, sort, offset, limit);
  return { rows, offset: at, total, more: false, counts };
}

export function sameQuestion(a: Asked, b: Asked): boolean {
  return a.filter === b.filter && a.sort === b.sort && a.query === b.query;
}

export const list = new List();
