// The lines of the list. A slot is a line on the screen; a position is a place in the core's order.
// Under the filter "all" one slot, after the active todos, is the header of the completed ones.

export type Slots = { count: number; header: number | null };

export function slotsOf(list: {
  total: number;
  active: number;
  completed: number;
  sectioned: boolean;
  folded: boolean;
}): Slots {
  if (!list.sectioned || list.completed === 0) return { count: list.total, header: null };
  return { count: list.active + 1 + (list.folded ? 0 : list.completed), header: list.active };
}

/** The position of a slot's todo; null for the header. */
export function positionOf(slots: Slots, slot: number): number | null {
  if (slots.header === null || slot < slots.header) return slot;
  return slot === slots.header ? null : slot - 1;
}

/** The slot of a position, which lies beyond `count` while the section is folded. */
export function slotOf(slots: Slots, position: number): number {
  return slots.header === null || position < slots.header ? position : position + 1;
}
