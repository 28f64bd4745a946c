// The lines of the list. A slot is a line on the screen; a position is a place in the core's order.
// Under the filter "all" one slot, after the active todos, is the header of the completed ones; where there
// are both, the active ones have a header too, in the first slot, on which the cursor never is.

/** `first` is the first slot of a todo, or of the completed ones' header. */
export type Slots = { count: number; header: number | null; first: 0 | 1 };

export function slotsOf(list: {
  total: number;
  active: number;
  completed: number;
  sectioned: boolean;
  folded: boolean;
}): Slots {
  if (!list.sectioned || list.completed === 0) return { count: list.total, header: null, first: 0 };
  const first = list.active > 0 ? 1 : 0;
  const header = first + list.active;
  return { count: header + 1 + (list.folded ? 0 : list.completed), header, first };
}

/** The position of a slot's todo; null for a header. */
export function positionOf(slots: Slots, slot: number): number | null {
  if (slot < slots.first || slot === slots.header) return null;
  return todosAbove(slots, slot);
}

/** How many todos are above a slot: the position of the first one that is not. */
export function todosAbove({ header, first }: Slots, slot: number): number {
  return Math.max(0, slot - first - (header !== null && slot > header ? 1 : 0));
}

/** The slot of a position, which lies beyond `count` while the section is folded. */
export function slotOf({ header, first }: Slots, position: number): number {
  const slot = first + position;
  return header === null || slot < header ? slot : slot + 1;
}
