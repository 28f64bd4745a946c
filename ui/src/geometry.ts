// Where the lines of the list are, in CSS pixels. Every line has one height, except for the one that
// is open for editing: so any place in 100,000 lines is found without adding up what is above it.

export const ROW_HEIGHT = 44;
/** Lines drawn above and below what is visible, so that scrolling meets no blank. */
export const OVERSCAN = 8;
export const MOST_ROWS = 60;

/** The open editor: at a slot, in the place of that slot's row or (its todo gone) before it. */
export type Opening = { slot: number; height: number; replaces: boolean };

export type Range = { first: number; end: number };

export function heightOf(count: number, opening: Opening | null): number {
  return count * ROW_HEIGHT + (opening ? growth(opening) : 0);
}

export function topOf(slot: number, opening: Opening | null): number {
  const pushed = opening && slot >= opening.slot + (opening.replaces ? 1 : 0);
  return slot * ROW_HEIGHT + (pushed ? growth(opening) : 0);
}

/** The slots to draw: what is visible, and an overscan that gives way on very tall windows. */
export function drawn(
  scrollTop: number,
  height: number,
  count: number,
  opening: Opening | null,
): Range {
  const first = clamp(slotAt(scrollTop, opening), 0, count);
  const end = clamp(slotAt(scrollTop + height, opening) + 1, first, count);
  const spare = Math.max(0, MOST_ROWS - (end - first));
  const over = Math.min(OVERSCAN, Math.floor(spare / 2));
  const from = Math.max(0, first - over);
  return { first: from, end: Math.min(count, end + over, from + MOST_ROWS) };
}

function slotAt(y: number, opening: Opening | null): number {
  if (!opening || y < topOf(opening.slot, null)) return Math.floor(y / ROW_HEIGHT);
  const below = Math.floor((y - growth(opening)) / ROW_HEIGHT);
  return Math.max(below, opening.slot);
}

const growth = ({ height, replaces }: Opening) => height - (replaces ? ROW_HEIGHT : 0);

const clamp = (n: number, low: number, high: number) => Math.max(low, Math.min(high, n));
