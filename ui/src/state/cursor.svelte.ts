// The line that the keyboard acts on, and the todos selected together. Both follow their todos
// through every change, wherever it was made; only the user's own edit lets a todo go.
import { SvelteSet } from "svelte/reactivity";
import type { TodoRow } from "../bindings/TodoRow";
import { positionOf, type Slots } from "../slots";
import { list, sameQuestion, type Shown } from "./list.svelte";
import { viewport } from "./viewport.svelte";

class Cursor {
  slot = $state(0);
  id = $state<string | null>(null);
  readonly selected = new SvelteSet<string>();
  /** Todos that the user is sending elsewhere (by completing or deleting them). */
  #leaving = new Set<string>();

  constructor() {
    list.onReplaced.push((before, after, slotsBefore) => this.#follow(before, after, slotsBefore));
  }

  moveTo(slot: number): void {
    this.selected.clear();
    this.#put(slot);
    this.#reveal();
  }

  moveBy(slots: number): void {
    this.moveTo(this.slot + slots);
  }

  /** Moves, and takes both the line left and the line reached into the selection. */
  extendBy(slots: number): void {
    const line = list.line(this.slot);
    if (line.kind === "todo") this.selected.add(line.row.id);
    this.#put(this.slot + slots);
    const reached = list.line(this.slot);
    if (reached.kind === "todo") this.selected.add(reached.row.id);
    this.#reveal();
  }

  /** Ctrl+click: one todo more or less in the selection. */
  flip(slot: number): void {
    const { id } = this;
    if (this.selected.size === 0 && id !== null && list.slotOfTodo(id) !== null)
      this.selected.add(id);
    this.#put(slot);
    if (this.id === null) return;
    if (!this.selected.delete(this.id)) this.selected.add(this.id);
  }

  /** These and no others. */
  select(ids: string[]): void {
    this.selected.clear();
    for (const id of ids) this.selected.add(id);
  }

  /** Whether all that are selected are done already. Of rows out of sight, only the filter says so. */
  get allDone(): boolean {
    if (list.shown.filter === "completed") return true;
    const done = list.shown.rows.filter(({ id, completed }) => completed && this.selected.has(id));
    return done.length === this.selected.size;
  }

  /** The todo under the cursor. */
  get todo(): TodoRow | null {
    const line = list.line(this.slot);
    return line.kind === "todo" ? line.row : null;
  }

  /** The ids that the next edit is about: the selection, or else the line of the cursor. */
  get targets(): string[] {
    if (this.selected.size > 0) return [...this.selected];
    return this.todo ? [this.todo.id] : [];
  }

  /** Before an edit that moves todos away: the cursor keeps its line instead of going with them. */
  letGo(ids: string[]): void {
    this.#leaving = new Set(ids);
  }

  #put(slot: number): void {
    this.slot = Math.max(list.slots.first, Math.min(slot, list.slots.count - 1));
    const line = list.line(this.slot);
    this.id = line.kind === "todo" ? line.row.id : null;
  }

  /** With the first line, the header above it is shown. */
  #reveal(): void {
    void viewport.reveal(this.slot === list.slots.first ? 0 : this.slot);
  }

  #follow(before: Shown, after: Shown, slotsBefore: Slots): void {
    if (!sameQuestion(before, after)) {
      this.selected.clear();
      this.#leaving.clear();
      this.#put(0);
      viewport.toStart();
      return;
    }
    this.#anchor(before, slotsBefore);
    const now = this.id === null ? null : list.slotOfTodo(this.id);
    if (now === this.slot) return;
    // A header that came or went above is no reason to be on another line.
    const here = this.slot + list.slots.first - slotsBefore.first;
    if (this.id !== null && this.#leaving.has(this.id)) this.#put(here);
    else if (now !== null && now < list.slots.count) this.slot = now;
    else if (this.#isInWindow(here) || here >= list.slots.count) this.#put(here);
  }

  /** Lines that came or went above what is seen do not move it. */
  #anchor(before: Shown, slotsBefore: Slots): void {
    if (viewport.top <= 0) return;
    const first = viewport.firstSlot;
    for (let slot = first; slot < first + viewport.lines; slot += 1) {
      const position = positionOf(slotsBefore, slot);
      const row = position === null ? undefined : before.rows[position - before.offset];
      if (!row || this.#leaving.has(row.id)) continue;
      const now = list.slotOfTodo(row.id);
      if (now === null) continue;
      if (now !== slot) viewport.shift(now - slot);
      return;
    }
  }

  #isInWindow(slot: number): boolean {
    return list.line(slot).kind !== "missing";
  }
}

export const cursor = new Cursor();
