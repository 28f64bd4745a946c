// The list window over 100,000 todos, without a page.
import { flushSync } from "svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { fake, todo } from "./fake-ipc";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { fold } from "../src/state/commands";
import { cursor } from "../src/state/cursor.svelte";
import { editor } from "../src/state/editor.svelte";
import { remove, setCompleted } from "../src/state/edits.svelte";
import { list } from "../src/state/list.svelte";
import { toasts } from "../src/state/toasts.svelte";
import { view } from "../src/state/view.svelte";
import { viewport } from "../src/state/viewport.svelte";

const settled = () => new Promise((resolve) => setTimeout(resolve));
const title = (slot: number) => {
  const line = list.line(slot);
  return line.kind === "todo" ? line.row.title : line.kind;
};
/** Holds every answer back until the returned function is called. */
function holdAnswers(): () => void {
  let open: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (open = resolve));
  return () => {
    fake.gate = null;
    open();
  };
}

beforeEach(async () => {
  fake.reset(100_000);
  view.folded = false;
  editor.cancel();
  list.search("");
  list.show("all");
  list.need(0, 30);
  await settled();
  cursor.moveTo(0);
  await settled();
  fake.calls = [];
});

test("only rows around what is seen are asked for", async () => {
  expect(list.slots).toEqual({ count: 100_002, header: 66_668, first: 1 });
  list.need(50_000, 50_040);
  await settled();
  expect(title(50_001)).toBe("Todo number 75000");
  const asked = fake.named("listTodos").map(({ args }) => args[3] as number);
  expect(Math.max(...asked)).toBeLessThanOrEqual(120);
  expect(list.shown.rows.length).toBeLessThanOrEqual(120);
});

test("scrolling within the window asks for nothing", () => {
  list.need(5, 35);
  list.need(10, 40);
  expect(fake.calls).toEqual([]);
});

test("while a far window is on its way, its lines are missing; then they are there", async () => {
  const open = holdAnswers();
  list.need(40_000, 40_030);
  for (let slot = 40_001; slot < 40_200; slot += 1) list.need(slot, slot + 30);
  expect(title(40_100)).toBe("missing");
  open();
  await settled();
  expect(title(40_201), "where the scrolling ended").toBe(`Todo number ${40_200 * 1.5}`);
  expect(fake.named("listTodos").length, "not one question a step").toBeLessThanOrEqual(2);
});

test("the old list stays until the new filter's answer is here", async () => {
  const open = holdAnswers();
  list.show("completed");
  expect(list.shown.filter).toBe("all");
  expect(title(1)).toBe("Todo number 0");
  open();
  await settled();
  expect(list.shown.filter).toBe("completed");
  expect(title(0)).toBe("Todo number 2");
});

test("of two searches the newer one is shown, whichever is answered last", async () => {
  const openFirst = holdAnswers();
  list.search("number 1");
  fake.gate = null;
  list.search("number 99999");
  await settled();
  openFirst();
  await settled();
  expect(list.shown.query).toBe("number 99999");
  expect(list.shown.total).toBe(1);
});

test("a superseded search is no error", async () => {
  fake.refuse["searchTodos"] = { code: "superseded", message: "A newer search came." };
  list.search("x");
  await settled();
  expect(list.error).toBeNull();
});

test("a list that cannot be read says so, and recovers", async () => {
  fake.refuse["listTodos"] = { code: "unavailable", message: "The store is busy." };
  list.invalidate();
  await settled();
  expect(list.error?.message).toBe("The store is busy.");
  expect(title(1), "what was shown stays").toBe("Todo number 0");
  delete fake.refuse["listTodos"];
  list.invalidate();
  await settled();
  expect(list.error).toBeNull();
});

test("a change during a question is asked about again", async () => {
  const open = holdAnswers();
  list.invalidate();
  list.invalidate();
  list.invalidate();
  open();
  await settled();
  expect(fake.named("listTodos")).toHaveLength(2);
});

test("the cursor follows its todo through changes from elsewhere", async () => {
  cursor.moveTo(7);
  const id = cursor.id;
  fake.todos = [todo(-3, { id: "remote-a" }), todo(-6, { id: "remote-b" }), ...fake.todos];
  list.invalidate();
  await settled();
  expect(cursor.id).toBe(id);
  expect(cursor.slot).toBe(list.slotOfTodo(id ?? ""));
  expect(cursor.slot).not.toBe(7);
});

test("what is seen stays in its place when lines come in above it", async () => {
  const page = { scrollTop: 44 * 1_000, clientHeight: 440, clientWidth: 0, offsetWidth: 0 };
  const detach = viewport.attach({ ...page, focus: () => undefined });
  list.need(1_000, 1_010);
  await settled();
  const [seen] = [title(1_000)];
  fake.todos = [todo(-3, { id: "remote-c", completed: false }), ...fake.todos];
  list.invalidate();
  await settled();
  expect(title(viewport.firstSlot)).toBe(seen);
  detach();
  viewport.top = 0;
});

test("completing paints at once; the cursor stays on its line", async () => {
  cursor.moveTo(1);
  const [id = ""] = cursor.targets;
  const done = setCompleted([id], true);
  expect(cursor.todo?.completed).toBe(true);
  await done;
  await settled();
  expect(cursor.slot).toBe(1);
  expect(cursor.id).not.toBe(id);
});

test("what is painted waits neither for the disk nor for the list", async () => {
  const open = holdAnswers();
  cursor.moveTo(1);
  const [id = ""] = cursor.targets;
  const done = setCompleted([id], true);
  // No answer is here, and none comes before the page has had its turn to paint.
  expect(cursor.todo?.completed, "at once").toBe(true);
  await settled();
  expect(cursor.todo, "still, while the core is busy").toMatchObject({ id, completed: true });
  expect(fake.named("listTodos"), "nothing was asked to paint it").toEqual([]);
  open();
  await done;
  await settled();
  expect(list.slotOfTodo(id), "the answer says the same, and moves it").not.toBe(1);
});

test("in a short list, too, the cursor does not go with a todo that is completed", async () => {
  fake.reset(9);
  list.invalidate();
  await settled();
  cursor.moveTo(1);
  const [id = ""] = cursor.targets;
  await setCompleted([id], true);
  await settled();
  expect(list.slotOfTodo(id), "it is still in the window, below the header").toBeGreaterThan(5);
  expect(cursor.slot).toBe(1);
});

test("completing that is refused is taken back, with the reason", async () => {
  fake.refuse["setCompleted"] = { code: "readOnly", message: "Clove is read-only." };
  const done = setCompleted(["todo-0"], true);
  expect(list.line(1)).toMatchObject({ row: { completed: true } });
  await done;
  expect(list.line(1)).toMatchObject({ row: { completed: false } });
  expect(toasts.toast).toMatchObject({ kind: "error", message: "Clove is read-only." });
});

test("of two quick clicks the second one's paint stays", async () => {
  const open = holdAnswers();
  const first = setCompleted(["todo-0"], true);
  const second = setCompleted(["todo-0"], false);
  expect(list.line(1)).toMatchObject({ row: { completed: false } });
  open();
  await Promise.all([first, second]);
  await settled();
  expect(list.line(1)).toMatchObject({ row: { completed: false } });
});

test("deleting offers its own undo", async () => {
  await remove(["todo-0", "todo-1"]);
  expect(toasts.toast).toMatchObject({ message: "Deleted 2 todos" });
  expect(toasts.toast?.offer?.id).toBe("toast-undo");
});

test("a draft outlives changes to its todo, its deletion, and a refusal", async () => {
  const line = list.line(3);
  if (line.kind !== "todo") throw new Error("slot 3 is a todo");
  const { id } = line.row;
  await editor.open(line.row, 3);
  editor.title = "My draft";
  fake.todos = fake.todos.map((row) =>
    row.id === id ? { ...row, title: "Theirs", description: "Their description" } : row,
  );
  list.invalidate();
  await settled();
  expect(editor.title).toBe("My draft");
  expect(editor.description, "an untouched field shows the newer value").toBe("Their description");

  fake.todos = fake.todos.filter((row) => row.id !== id);
  list.invalidate();
  await settled();
  expect(editor.title).toBe("My draft");
  expect(viewport.opening).toMatchObject({ slot: 3, replaces: false });

  fake.refuse["renameTodo"] = { code: "diskFull", message: "The disk is full." };
  expect(await editor.leave()).toBe(false);
  expect(editor.title).toBe("My draft");
  expect(editor.error).toEqual({ field: "title", message: "The disk is full." });
  flushSync();
});

test("what is folded away is under no cursor, and nothing can be done to it", async () => {
  fake.reset(9);
  list.need(0, 30);
  list.invalidate();
  await settled();
  cursor.moveTo(10);
  expect(cursor.todo?.completed, "the last line is a completed todo").toBe(true);
  await fold();
  expect(list.line(cursor.slot).kind, "the cursor waits on what unfolds them").toBe("header");
  expect(cursor.targets).toEqual([]);

  cursor.moveTo(0);
  const { id } = cursor;
  fake.todos = fake.todos.map((row) => (row.id === id ? { ...row, completed: true } : row));
  list.invalidate();
  await settled();
  expect(cursor.slot, "it does not go where it cannot be seen").toBe(1);
  expect(cursor.todo?.id).not.toBe(id);
});

test("the cursor is never on the header of the active ones, which comes and goes above it", async () => {
  fake.reset(9);
  fake.todos = fake.todos.map((row) => ({ ...row, completed: false }));
  list.invalidate();
  await settled();
  cursor.moveTo(0);
  expect(cursor.todo?.id, "without completed ones there is none").toBe("todo-0");

  await setCompleted(["todo-0"], true);
  await settled();
  expect(list.line(0).kind).toBe("activeHeader");
  expect(cursor.todo?.id, "the next one has its line").toBe("todo-1");
  for (const slot of [0, -5]) {
    cursor.moveTo(slot);
    expect(cursor.todo?.id).toBe("todo-1");
    cursor.extendBy(-1);
    expect([...cursor.selected]).toEqual(["todo-1"]);
  }
  cursor.moveTo(4);
  const { id } = cursor;
  await setCompleted(["todo-0"], false);
  await settled();
  expect([list.line(0).kind, cursor.id], "it is gone, the cursor is where it was").toEqual([
    "todo",
    id,
  ]);
});

test("with the first todo its header is shown", async () => {
  const page = { scrollTop: 4_400, clientHeight: 440, clientWidth: 0, offsetWidth: 0 };
  const element = { ...page, focus: () => undefined };
  const detach = viewport.attach(element);
  cursor.moveTo(1);
  await settled();
  expect(element.scrollTop).toBe(0);
  detach();
  viewport.top = 0;
});
