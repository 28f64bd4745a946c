// Whatever a todo says, it is shown, it is text, and it leaves the page around it as it is.
import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { TodoRow } from "../src/bindings/TodoRow";
import { fake, todo } from "./fake-ipc";
import { $, press } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import App from "../src/components/App.svelte";
import { cut, legible } from "../src/legible";
import { app } from "../src/state/app.svelte";
import { cursor } from "../src/state/cursor.svelte";
import { editor } from "../src/state/editor.svelte";
import { list } from "../src/state/list.svelte";
import { text } from "../src/text";

/** Shows one todo, and a harmless one below it. */
async function show(more: Partial<TodoRow>): Promise<void> {
  fake.todos = [todo(0, more), todo(1, { title: "Harmless" })];
  render(App);
  await app.start();
  await waitFor(() => expect(document.querySelectorAll(".row")).toHaveLength(2));
}
const title = () => $("[data-todo-id='todo-0'] .row-title");

beforeEach(() => {
  fake.reset(0);
  editor.cancel();
  list.search("");
  cursor.selected.clear();
});

test("500 wide characters are there whole, in a line that is cut by the page alone", async () => {
  const wide = "漢".repeat(500);
  await show({ title: wide });
  expect(title().textContent).toBe(wide);
});

test.each([
  ["right to left", "אבגד יהוה 123"],
  ["mixed", "call אבגד (urgent), then مرحبا"],
])("%s: a title keeps its direction to itself", async (_, words) => {
  await show({ title: words, description: words });
  expect(title().textContent).toBe(words);
  expect(title().dir, "its own direction, which isolates it").toBe("auto");
  expect($("[data-todo-id='todo-0'] .hint").dir).toBe("auto");
  cursor.moveTo(0);
  $("#list").focus();
  await press("Enter");
  await waitFor(() => expect($("#edit-title").dir).toBe("auto"));
  expect($("#edit-description").dir).toBe("auto");
});

test("emoji sequences stay whole", async () => {
  const emoji = "👨‍👩‍👧‍👦🏳️‍🌈👍🏽🇦🇹".repeat(20);
  await show({ title: emoji });
  expect(title().textContent).toBe(emoji);
});

test.each([
  ["an override", "report \u202Efdp.exe"],
  ["an embedding that never ends", "\u202B\u202Babc"],
  ["an isolate that never ends", "\u2066\u2067\u2068abc"],
  ["an end without a beginning", "abc\u2069\u202C\u2069 def"],
])("%s orders nothing", async (_, words) => {
  await show({ title: words, description: words });
  for (const text of [title().textContent, $("[data-todo-id='todo-0'] .hint").textContent])
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
  const box = $("[data-todo-id='todo-0'] input");
  expect(box.getAttribute("aria-label")).not.toMatch(/[\u202a-\u202e\u2066\u2067]/u);
});

test("what cannot be seen is named", async () => {
  await show({ title: "\u200b\u2060\ufeff\u200d\u00ad" });
  expect(title().textContent).toBe("U+200B U+2060 U+FEFF U+200D U+00AD");
});

test("marks and joiners that scripts need stay", () => {
  for (const words of ["می\u200cخواهم", "क्\u200dष", "a\u200fb\u200e", "zero\u200bwidth"])
    expect(legible(words)).toBe(words);
});

test("a title in a sentence is cut between characters, never within one", () => {
  const family = "👨‍👩‍👧‍👦";
  expect(text.added(family.repeat(61))).toBe(text.added(`${family.repeat(59)}…`));
  expect(cut(family.repeat(60), 60), "60 are not cut").toBe(family.repeat(60));
  expect(cut("a".repeat(500), 60)).toBe(`${"a".repeat(59)}…`);
  expect(cut("e\u0301".repeat(500), 10)).toBe(`${"e\u0301".repeat(9)}…`);
  const stacked = `Z${"\u0301".repeat(499)}`;
  expect(cut(stacked, 60), "one character, however much is stacked on it").toBe(stacked);
});

test("a line break in a title breaks no line", async () => {
  await show({ title: "one\n\n  two\r\nthree\u2028four" });
  expect(title().textContent).toBe("one two three four");
});

test("markup is text, wherever a todo is shown", async () => {
  const markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  await show({ title: markup, description: `${markup} basil` });
  expect(title().textContent).toBe(markup);
  cursor.moveTo(0);
  $("#list").focus();
  await press("Enter");
  await waitFor(() => expect($<HTMLInputElement>("#edit-title").value).toBe(markup));
  await fireEvent.click($("#edit-history"));
  await press("Escape");
  await fireEvent.input($("#search-input"), { target: { value: "img" } });
  await waitFor(() => expect($(".row-title mark").textContent).toBe("img"));
  expect(document.querySelector("img, #list script, main script")).toBeNull();
});

test("of 10,000 characters of description the row shows a stretch, the editor all", async () => {
  const long = "word ".repeat(2_000).trim();
  await show({ description: long });
  const hint = $("[data-todo-id='todo-0'] .hint").textContent;
  expect(hint.length).toBeLessThanOrEqual(161);
  cursor.moveTo(0);
  $("#list").focus();
  await press("Enter");
  await waitFor(() => expect($<HTMLTextAreaElement>("#edit-description").value).toBe(long));
});
