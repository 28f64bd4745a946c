// Where the lines of the list are, in CSS pixels. Every line has one height, except for the one that
// is open for editing: so any place in 100,000 lines is found without adding up what is above it.

/** A line at the usual text size (tokens.css: --row-height), until the page has measured its own. */
export const USUAL_ROW = 44;
/** Lines drawn above and below what is visible, so that scrolling meets no blank. */
export const OVERSCAN = 8;
export const MOST_ROWS = 60;

/** The open editor: at a slot, in the place of that slot's row or (its todo gone) before it. */
export type Opening = { slot: number; height: number; replaces: boolean };

/** The height of every line, and the line that is open, if one is. */
export type Layout = { row: number; opening: Opening | null };

export type Range = { first: number; end: number };

export function heightOf(count: number, layout: Layout): number {
  return count * layout.row + growth(layout);
}

export function topOf(slot: number, layout: Layout): number {
  const { row, opening } = layout;
  const pushed = opening && slot >= opening.slot + (opening.replaces ? 1 : 0);
  return slot * row + (pushed ? growth(layout) : 0);
}

/** The slots to draw: what is visible, and an overscan that gives way on very tall windows. */
export function drawn(scrollTop: number, height: number, count: number, layout: Layout): Range {
  const first = clamp(slotAt(scrollTop, layout), 0, count);
  const end = clamp(slotAt(scrollTop + height, layout) + 1, first, count);
  const spare = Math.max(0, MOST_ROWS - (end - first));
  const over = Math.min(OVERSCAN, Math.floor(spare / 2));
  const from = Math.max(0, first - over);
  return { first: from, end: Math.min(count, end + over, from + MOST_ROWS) };
}

function slotAt(y: number, layout: Layout): number {
  const { row, opening } = layout;
  if (!opening || y < opening.slot * row) return Math.floor(y / row);
  const below = Math.floor((y - growth(layout)) / row);
  return Math.max(below, opening.slot);
}

/** What the open line adds to the list's height. */
const growth = ({ row, opening }: Layout) =>
  opening ? opening.height - (opening.replaces ? row : 0) : 0;

const clamp = (n: number, low: number, high: number) => Math.max(low, Math.min(high, n));
