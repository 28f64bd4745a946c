// What moves when the list changes, and when nothing may.
import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fake, todo } from "./fake-ipc";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import Row from "../src/components/Row.svelte";
import { isAnother, motionsOf, type Motions } from "../src/motion";
import { setCompleted } from "../src/state/edits.svelte";
import { list } from "../src/state/list.svelte";
import { motion } from "../src/state/motion.svelte";
import { view } from "../src/state/view.svelte";
import { viewport } from "../src/state/viewport.svelte";

const seen = { height: 440, row: 44 };
const places = (keys: string, top = 0) =>
  Array.from(keys, (key, i) => ({ key, y: i * seen.row - top }));

test("a line that comes in pushes those below it, and nothing else", () => {
  expect(motionsOf(places("abcd"), places("abxcd"), seen)).toEqual({
    slides: [
      { key: "c", by: -44 },
      { key: "d", by: -44 },
    ],
    arrivals: ["x"],
    departures: [],
  });
});

test("a line that goes is told with its place, and those below it close the gap", () => {
  const { slides, departures } = motionsOf(places("abc"), places("ac"), seen);
  expect(departures).toEqual([{ key: "b", y: 44 }]);
  expect(slides).toEqual([{ key: "c", by: 44 }]);
});

test("what is not seen does not move", () => {
  const before = places("abcdefghij", 440);
  expect(motionsOf(before, places("xabcdefghij", 484), seen).slides, "all is above").toEqual([]);
  const { slides, arrivals } = motionsOf(places("abc"), places("abc", -500), seen);
  expect(
    slides.map(({ by }) => by),
    "no further than to the edge",
  ).toEqual([-440, -396, -352]);
  expect(arrivals).toEqual([]);
});

test("lines that came in above, and were scrolled past, move nothing", () => {
  expect(motionsOf(places("abc", 20), places("xyabc", 20 + 2 * 44), seen).slides).toEqual([]);
});

test("more than half a screenful of new lines is another list", () => {
  expect(isAnother(motionsOf([], places("abcdef"), seen), seen)).toBe(true);
  expect(isAnother(motionsOf(places("abcdef"), [], seen), seen)).toBe(true);
  expect(isAnother(motionsOf([], places("abcde"), seen), seen)).toBe(false);
});

let played: { motions: Motions; waits: boolean }[] = [];
let detach: () => void;
const settled = () => new Promise((resolve) => setTimeout(resolve));
const scroller = { scrollTop: 0, clientHeight: 440, clientWidth: 0, offsetWidth: 0 };
let less = false;

beforeEach(async () => {
  fake.reset(30);
  view.folded = true;
  less = false;
  scroller.scrollTop = 0;
  viewport.scrolling = false;
  const leave = viewport.attach({ ...scroller, focus: () => undefined });
  list.search("");
  list.show("all");
  list.need(0, 30);
  await settled();
  const rest = motion.attach({
    moves: () => !less,
    play: (motions, waits) => played.push({ motions, waits }),
  });
  detach = () => (rest(), leave());
  motion.ghosts = [];
  played = [];
});
afterEach(() => detach());

const arrive = async () => {
  fake.todos = [todo(-3, { id: "remote" }), ...fake.todos];
  list.invalidate();
  await settled();
};

test("a todo from elsewhere fades in, and the others make room", async () => {
  await arrive();
  expect(played).toHaveLength(1);
  expect(played[0]?.waits).toBe(false);
  expect(played[0]?.motions.arrivals).toEqual(["remote"]);
  expect(played[0]?.motions.slides[0]).toEqual({ key: "todo-0", by: -44 });
});

test("nothing moves while somebody scrolls", async () => {
  viewport.scrolling = true;
  await arrive();
  expect(played).toEqual([]);
  expect(list.slotOfTodo("remote"), "the line is there all the same").toBe(1);
});

test("nothing moves where less motion is wished for", async () => {
  less = true;
  await arrive();
  expect(played).toEqual([]);
});

test("another question's answer does not move in", async () => {
  list.show("active");
  await settled();
  expect(played).toEqual([]);
});

test("the same lines again, or their words alone, move nothing", async () => {
  fake.todos = fake.todos.map((row) => ({ ...row, title: `${row.title}!` }));
  list.invalidate();
  await settled();
  expect(played.map(({ motions }) => motions)).toEqual([
    { slides: [], arrivals: [], departures: [] },
  ]);
});

test("a todo that is ticked stays for a moment as a ghost, ticked; its line is free at once", async () => {
  await setCompleted(["todo-1"], true);
  await settled();
  expect(list.slotOfTodo("todo-3"), "the next has its line").toBe(2);
  expect(motion.ghosts).toMatchObject([
    { row: { id: "todo-1", completed: true }, top: 88, waits: true },
  ]);
  const [ghost] = motion.ghosts;
  if (ghost) motion.laid(ghost);
  expect(motion.ghosts).toEqual([]);
  expect(played[0]?.waits, "the others wait with it").toBe(true);
});

test("unfolding shows the completed ones below their header", async () => {
  motion.around(() => (view.folded = false));
  await tick();
  await settled();
  view.folded = true;
  // 20 active ones and the header fill more than what is seen: all that is new is below.
  expect(played[0]?.motions.slides).toEqual([]);
});

test("a ghost is no row of the list: nothing finds it", () => {
  const { container } = render(Row, { row: todo(1), top: 44 });
  const ghost = container.querySelector(".row");
  expect(ghost?.textContent).toContain("Todo number 1");
  expect(ghost?.id).toBe("");
  for (const hook of ["data-todo-id", "data-cursor", "data-selected", "aria-rowindex"])
    expect(ghost?.hasAttribute(hook), hook).toBe(false);
});

test("when the letters grow, the first line that is seen stays the first", async () => {
  scroller.scrollTop = 0;
  const element = { ...scroller, scrollTop: 440, focus: () => undefined };
  const leave = viewport.attach(element);
  await viewport.measuredRow(88);
  expect(viewport.firstSlot).toBe(10);
  expect(element.scrollTop).toBe(880);
  await viewport.measuredRow(0);
  expect(viewport.row, "a page that is not laid out measures nothing").toBe(88);
  await viewport.measuredRow(44);
  leave();
  viewport.top = 0;
});
