// Sees where the lines are before a change and after it, and has the page move them from there to here.
// It holds no line up: what is asked of a line is asked of the place where it is already.
import { tick } from "svelte";
import type { TodoRow } from "../bindings/TodoRow";
import { drawn, topOf } from "../geometry";
import { isAnother, motionsOf, type Motions, type Place } from "../motion";
import { list, sameQuestion } from "./list.svelte";
import { viewport } from "./viewport.svelte";

type Picture = { places: Place[]; rows: TodoRow[] };
/** A row that is gone, where it was, in pixels from the list's beginning. */
export type Ghost = { key: string; row: TodoRow; top: number; waits: boolean };
/** Moves lines of the page; if they wait, after the pause in which a tick is seen. */
type Player = { moves: () => boolean; play: (motions: Motions, waits: boolean) => void };

class Motion {
  ghosts = $state.raw<Ghost[]>([]);
  #player: Player | null = null;
  #before: Picture | null = null;
  #ticked = new Set<string>();
  #made = 0;

  constructor() {
    list.onReplacing.push(() => (this.#before = this.#isWanted() ? picture() : null));
    list.onReplaced.push((before, after) => {
      const pictured = this.#before;
      this.#before = null;
      if (pictured && sameQuestion(before, after)) void this.#play(pictured, false);
    });
  }

  attach(player: Player): () => void {
    this.#player = player;
    return () => (this.#player = null);
  }

  /** Makes a change of the page's own, which may exchange all that is seen. */
  around(change: () => void): void {
    const before = this.#isWanted() ? picture() : null;
    change();
    if (before) void this.#play(before, true);
  }

  /** Todos that somebody ticks here: before they go, one sees for a moment what one did. */
  ticked(ids: string[]): void {
    this.#ticked = new Set(ids);
  }

  laid(ghost: Ghost): void {
    this.ghosts = this.ghosts.filter((other) => other !== ghost);
  }

  #isWanted(): boolean {
    return this.#player !== null && this.#player.moves() && !viewport.scrolling;
  }

  async #play(before: Picture, own: boolean): Promise<void> {
    await tick();
    await viewport.settled;
    const motions = motionsOf(before.places, picture().places, viewport.seen);
    if (!own && isAnother(motions, viewport.seen)) return;
    const { slides, departures } = motions;
    const waits = [...slides, ...departures].some(({ key }) => this.#ticked.delete(key));
    this.ghosts = departures.flatMap(({ key, y }) => {
      const row = before.rows.find(({ id }) => id === key);
      if (!row) return [];
      this.#made += 1;
      return { key: `ghost-${this.#made}`, row, top: y + viewport.top, waits };
    });
    this.#player?.play(motions, waits);
  }
}

/** The lines that are drawn now, and the rows in them as they are painted. */
function picture(): Picture {
  const { layout, top, height } = viewport;
  const { first, end } = drawn(top, height, list.slots.count, layout);
  const places: Place[] = [];
  const rows: TodoRow[] = [];
  for (let slot = first; slot < end; slot += 1) {
    const line = list.line(slot);
    if (line.kind === "missing" || (layout.opening?.replaces && layout.opening.slot === slot))
      continue;
    const key = line.kind === "todo" ? line.row.id : line.kind;
    places.push({ key, y: topOf(slot, layout) - top });
    if (line.kind === "todo") rows.push(line.row);
  }
  return { places, rows };
}

export const motion = new Motion();
