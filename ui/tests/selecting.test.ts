// Several todos at once.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { fake, todo } from "./fake-ipc";
import { $, focused, open, press } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { cursor } from "../src/state/cursor.svelte";
import { list } from "../src/state/list.svelte";
import { selectAll } from "../src/state/selecting";
import { toasts } from "../src/state/toasts.svelte";
import { view } from "../src/state/view.svelte";

const none = (selector: string) => expect(document.querySelector(selector)).toBeNull();
const marked = () => document.querySelectorAll("[data-selected]").length;

async function start(count = 9): Promise<void> {
  await open(() => (fake.todos = Array.from({ length: count }, (_, i) => todo(i))));
  await waitFor(() => expect(document.querySelector("[data-todo-id]")).not.toBeNull());
  $("#list").focus();
  await press("Home");
}

beforeEach(() => {
  view.folded = true;
  list.search("");
  list.show("all");
  cursor.selected.clear();
});

test("the bar is there from the second todo on, in the place of the filters", async () => {
  await start();
  none("#selection");
  await press("ArrowDown", { shiftKey: true });
  expect($("#selection-count").textContent).toBe("2 selected");
  expect($("#live").textContent, "it is said").toContain("2 selected");
  expect($(".covered").contains($("#filter-all")), "the filters make room").toBe(true);
  await press("Escape");
  none("#selection");
  none(".covered");
  expect(marked()).toBe(0);
  expect(focused()).toBe("list");
});

test("what is selected is completed by the bar, and the focus is back in the list", async () => {
  await start();
  await press("ArrowDown", { shiftKey: true });
  $("#selection-complete").focus();
  await fireEvent.click($("#selection-complete"));
  expect(fake.named("setCompleted")[0]?.args).toEqual([["todo-0", "todo-1"], true]);
  await waitFor(() => none("#selection"));
  expect(focused()).toBe("list");
});

test("a refusal leaves the selection as it was", async () => {
  await start();
  fake.refuse["deleteTodos"] = { code: "diskFull", message: "The disk is full." };
  await press("ArrowDown", { shiftKey: true });
  await fireEvent.click($("#selection-delete"));
  await waitFor(() => expect($("#toast").textContent).toContain("The disk is full."));
  expect($("#selection-count").textContent).toBe("2 selected");
});

test("Ctrl+A selects all that is shown: not what is folded away", async () => {
  await start();
  await press("a", { ctrlKey: true });
  await waitFor(() => expect($("#selection-count").textContent).toBe("6 selected"));
  await press("Delete");
  await waitFor(() => expect(fake.named("deleteTodos")[0]?.args[0]).toHaveLength(6));
  await waitFor(() => none("#selection"));

  await fireEvent.click($("#filter-deleted"));
  await waitFor(() => expect(list.shown.filter).toBe("deleted"));
  $("#list").focus();
  await press("a", { ctrlKey: true });
  await waitFor(() => expect($("#selection-restore").textContent).toBe("Restore"));
  none("#selection-delete");
  await fireEvent.click($("#selection-restore"));
  await waitFor(() => expect(fake.named("restoreTodos")[0]?.args[0]).toHaveLength(6));
});

test("in a field, Ctrl+A is the field's", async () => {
  await start();
  $("#add-input").focus();
  await press("a", { ctrlKey: true });
  expect(fake.named("todoIds")).toEqual([]);
});

test("of completed ones alone, the bar reopens", async () => {
  await start();
  list.show("completed");
  await waitFor(() => expect(list.shown.filter).toBe("completed"));
  await press("a", { ctrlKey: true });
  await waitFor(() => expect($("#selection-reopen").textContent).toBe("Reopen"));
  await fireEvent.click($("#selection-reopen"));
  expect(fake.named("setCompleted")[0]?.args[1]).toBe(false);
});

test("no more than 10,000 are selected, and that is said", async () => {
  await start(15_100);
  await press("a", { ctrlKey: true });
  await waitFor(() => expect($("#selection-count").textContent).toBe("10,000 selected"));
  await waitFor(() => expect($("#toast").textContent).toContain("The first 10,000 are selected"));
  expect(document.querySelectorAll("[data-todo-id]").length).toBeLessThanOrEqual(60);
});

test("of more hits than a search shows, the shown ones are selected, and that is said", async () => {
  await start(900);
  list.search("Todo");
  await waitFor(() => expect(list.shown).toMatchObject({ query: "Todo", total: 500, more: true }));
  await press("a", { ctrlKey: true });
  await waitFor(() => expect($("#selection-count").textContent).toBe("500 selected"));
  await waitFor(() => expect($("#toast").textContent).toContain("The first 500 are selected"));

  toasts.dismiss();
  list.search("number 12");
  await waitFor(() => expect(list.shown.more).toBe(false));
  await press("a", { ctrlKey: true });
  await waitFor(() => expect($("#selection-count").textContent).toBe("11 selected"));
  expect(document.querySelector("#toast"), "they are all: nothing is to be said").toBeNull();
});

test("ids that come when another list is shown select nothing", async () => {
  await start();
  let answer: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (answer = resolve));
  const selecting = selectAll();
  fake.gate = null;
  list.show("active");
  await waitFor(() => expect(list.shown.filter).toBe("active"));
  answer();
  await selecting;
  expect(cursor.selected.size).toBe(0);
});
