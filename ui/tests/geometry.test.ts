import { expect, test } from "vitest";
import { drawn, heightOf, MOST_ROWS, topOf, USUAL_ROW } from "../src/geometry";
import { positionOf, slotOf, slotsOf, todosAbove } from "../src/slots";

const layout = { row: USUAL_ROW, opening: null };
const list = { total: 100_000, active: 60_000, completed: 40_000, sectioned: true, folded: false };

test("the headers of the active and of the completed ones are lines of their own", () => {
  const slots = slotsOf(list);
  expect(slots).toEqual({ count: 100_002, header: 60_001, first: 1 });
  expect(positionOf(slots, 0)).toBeNull();
  expect(positionOf(slots, 1)).toBe(0);
  expect(positionOf(slots, 60_000)).toBe(59_999);
  expect(positionOf(slots, 60_001)).toBeNull();
  expect(positionOf(slots, 60_002)).toBe(60_000);
  expect([0, 1, 2, 60_001, 60_002, 60_003].map((slot) => todosAbove(slots, slot))).toEqual([
    0, 0, 1, 60_000, 60_000, 60_001,
  ]);
  for (const position of [0, 59_999, 60_000, 99_999])
    expect(positionOf(slots, slotOf(slots, position))).toBe(position);
});

test("folded, completed todos have no lines; what there is none of has no header", () => {
  expect(slotsOf({ ...list, folded: true }).count).toBe(60_002);
  const plain = { header: null, first: 0 };
  expect(slotsOf({ ...list, total: 60_000, completed: 0 })).toEqual({ count: 60_000, ...plain });
  expect(slotsOf({ ...list, sectioned: false })).toEqual({ count: 100_000, ...plain });
  const done = slotsOf({ ...list, total: 40_000, active: 0 });
  expect(done).toEqual({ count: 40_001, header: 0, first: 0 });
  expect([0, 1].map((slot) => positionOf(done, slot))).toEqual([null, 0]);
});

test.each([300, 700, 1_400, 2_000, 2_600])("at a height of %i, few lines are drawn", (height) => {
  for (const top of [0, 1, 2_000_000, 100_000 * USUAL_ROW - height]) {
    const { first, end } = drawn(top, height, 100_000, layout);
    expect(end - first).toBeLessThanOrEqual(MOST_ROWS);
    expect(first * USUAL_ROW, "the first visible line is drawn").toBeLessThanOrEqual(top);
    expect(end * USUAL_ROW, "the last visible line is drawn").toBeGreaterThanOrEqual(top + height);
  }
});

test("an open editor pushes what is below it, and nothing else", () => {
  const opening = { slot: 10, height: 200, replaces: true };
  expect(topOf(10, { row: 44, opening })).toBe(440);
  expect(topOf(11, { row: 44, opening })).toBe(640);
  expect(heightOf(20, { row: 44, opening })).toBe(19 * 44 + 200);
  expect(drawn(640, 100, 1_000, { row: 44, opening }).first, "slot 11 is the first visible").toBe(
    11 - 8,
  );
  const orphan = { row: 44, opening: { ...opening, replaces: false } };
  expect(topOf(9, orphan)).toBe(396);
  expect(topOf(10, orphan), "nothing is hidden behind an editor whose todo is gone").toBe(640);
});

test("a list shorter than the window is drawn whole", () => {
  expect(drawn(0, 700, 3, layout)).toEqual({ first: 0, end: 3 });
  expect(drawn(0, 700, 0, layout)).toEqual({ first: 0, end: 0 });
});

test.each([30, 44, 58.5, 88])("a line of %f px is as high everywhere", (row) => {
  const large = { row, opening: { slot: 3, height: 200, replaces: true } };
  expect(topOf(3, large)).toBe(3 * row);
  expect(topOf(4, large)).toBe(3 * row + 200);
  expect(heightOf(10, large)).toBe(9 * row + 200);
  const { first, end } = drawn(1_000 * row, 700, 100_000, { row, opening: null });
  expect(first, "an overscan above").toBe(1_000 - 8);
  expect(end * row).toBeGreaterThanOrEqual(1_000 * row + 700);
});
