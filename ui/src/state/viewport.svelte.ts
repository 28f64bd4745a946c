// The visible part of the list: where it is scrolled to, and how to bring a line into it.
import { tick } from "svelte";
import { topOf, USUAL_ROW, type Layout, type Opening } from "../geometry";
import type { Seen } from "../motion";

type Scroller = Pick<
  HTMLElement,
  "scrollTop" | "clientHeight" | "clientWidth" | "offsetWidth" | "focus"
>;

/** How long after its last movement the list counts as being moved, in milliseconds. */
const COASTING = 150;

class Viewport {
  top = $state(0);
  height = $state(0);
  /** What a scroll bar takes from each side, in pixels; 0 where it floats above the content. */
  bar = $state(0);
  /** The height of a line, in pixels: it grows with the text. */
  row = $state(USUAL_ROW);
  /** The open editor, if one is in the list. */
  opening = $state.raw<Opening | null>(null);
  readonly layout: Layout = $derived({ row: this.row, opening: this.opening });
  /** Whether somebody scrolls. */
  scrolling = false;
  /** Whether the list is on its way, whoever moves it. */
  moving = $state(false);
  /** When what is seen is back in its place, if lines came or went above it. */
  settled: Promise<void> = Promise.resolve();
  #element: Scroller | null = null;
  #resting: ReturnType<typeof setTimeout> | undefined;

  attach(element: Scroller): () => void {
    this.#element = element;
    this.measure();
    return () => (this.#element = null);
  }

  measure(): void {
    if (!this.#element) return;
    if (this.#element.scrollTop !== this.top) this.#move();
    this.top = this.#element.scrollTop;
    this.height = this.#element.clientHeight;
    this.bar = (this.#element.offsetWidth - this.#element.clientWidth) / 2;
  }

  /** The text became larger or smaller, and the lines with it: the first that is seen stays. */
  async measuredRow(height: number): Promise<void> {
    if (height <= 0 || height === this.row) return;
    const first = this.top / this.row;
    this.row = height;
    await tick();
    if (first > 0) this.#scrollTo(first * height);
  }

  /** The list stands elsewhere: where Clove has put it, or where somebody scrolls it. */
  scrolled(): void {
    if (this.#element && this.#element.scrollTop !== this.top) this.scrolling = true;
    this.measure();
  }

  get seen(): Seen {
    return { height: this.height, row: this.row };
  }

  /** How many whole lines fit. */
  get lines(): number {
    return Math.max(1, Math.floor(this.height / this.row));
  }

  get firstSlot(): number {
    return Math.floor(this.top / this.row);
  }

  focus(): void {
    this.#element?.focus({ preventScroll: true });
  }

  /** Scrolls no further than is needed to see the slot whole. */
  async reveal(slot: number): Promise<void> {
    await tick();
    const y = topOf(slot, this.layout);
    const tall = this.opening?.slot === slot ? this.opening.height : this.row;
    if (y < this.top) this.#scrollTo(y);
    else if (y + tall > this.top + this.height) this.#scrollTo(Math.min(y, y + tall - this.height));
  }

  /** Keeps what is seen in its place when lines came or went above it. */
  shift(slots: number): void {
    this.settled = tick().then(() => this.#scrollTo(this.top + slots * this.row));
  }

  toStart(): void {
    this.#scrollTo(0);
  }

  #move(): void {
    this.moving = true;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => (this.moving = this.scrolling = false), COASTING);
  }

  #scrollTo(y: number): void {
    if (!this.#element) return;
    this.#element.scrollTop = y;
    this.measure();
  }
}

export const viewport = new Viewport();
