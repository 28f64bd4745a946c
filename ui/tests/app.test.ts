// The main window as a person meets it: the real components over the contract's fake.
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { fake, todo } from "./fake-ipc";
import { $, press } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import App from "../src/components/App.svelte";
import { adding, recallDraft } from "../src/state/adding.svelte";
import { app } from "../src/state/app.svelte";
import { listen } from "../src/state/commands";
import { editor } from "../src/state/editor.svelte";
import { list } from "../src/state/list.svelte";
import { notices } from "../src/state/notices.svelte";
import { toasts } from "../src/state/toasts.svelte";
import { View, view } from "../src/state/view.svelte";

const titles = () => Array.from(document.querySelectorAll(".row-title"), (e) => e.textContent);

async function open(count: number, change: () => void = () => undefined): Promise<void> {
  fake.reset(count);
  change();
  render(App);
  list.show("all");
  await app.start();
  await notices.start();
  await listen();
  await waitFor(() => expect(list.shown.filter).toBe("all"));
  await new Promise((resolve) => setTimeout(resolve, 20));
}

const tell = (message: string) => fake.notices.push({ kind: "words", message });

beforeEach(() => {
  view.folded = false;
  app.dialog = null;
  app.diskFull = false;
  adding.draft = "";
  adding.error = null;
  adding.touched = false;
  editor.cancel();
  list.search("");
  toasts.dismiss();
});

test("of 100,000 todos at most 60 are in the page, and each says which it is", async () => {
  await open(100_000);
  const rows = document.querySelectorAll("[data-todo-id]");
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.length).toBeLessThanOrEqual(60);
  expect($("#list").getAttribute("aria-rowcount")).toBe("100002");
  expect(rows[4]?.getAttribute("aria-rowindex")).toBe("6");
  expect($("#filter-completed").textContent).toContain("33,333");
});

test("a list that is pulled shows rows all the way, asks for one place at a time, and ends at its own", async () => {
  await open(100_000);
  const scroller = $("#list");
  const pullTo = async (slot: number) => {
    scroller.scrollTop = slot * 44;
    await fireEvent.scroll(scroller);
  };
  let answer: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (answer = resolve));
  fake.calls = [];
  for (let slot = 1_000; slot <= 50_000; slot += 1_000) {
    await pullTo(slot);
    expect(titles().length, "the rows of before").toBeGreaterThan(15);
  }
  expect(fake.named("listTodos"), "one question is on its way").toHaveLength(1);
  expect(document.querySelector("[data-todo-id]"), "nothing that could be pressed").toBeNull();
  expect($(".passing").hasAttribute("inert"), "what passes is a picture").toBe(true);
  answer();
  fake.gate = null;
  await waitFor(() => expect(titles()).toContain("Todo number 75000"));
  expect(fake.named("listTodos"), "where it was, and where it is").toHaveLength(2);
  expect(document.querySelector(".passing .row")).toBeNull();
  scroller.scrollTop = 0;
});

test("where a place is not told for long, lines without words stand for its rows", async () => {
  await open(100_000);
  fake.gate = new Promise(() => undefined);
  $("#list").scrollTop = 50_000 * 44;
  await fireEvent.scroll($("#list"));
  expect(document.querySelector(".passing .row")).not.toBeNull();
  await waitFor(() => expect(document.querySelector(".passing .row")).toBeNull());
  expect(document.querySelectorAll(".skeleton").length).toBeGreaterThan(15);
  fake.gate = null;
  $("#list").scrollTop = 0;
});

test("the completed ones are folded away, with their count, until they are asked for", async () => {
  localStorage.clear();
  view.folded = new View().folded;
  await open(9);
  expect($("#completed-section").getAttribute("aria-expanded")).toBe("false");
  expect($("#completed-section").textContent).toContain("Completed (3)");
  expect($("#active-section").textContent).toBe("Active (6)");
  expect(titles()).toHaveLength(6);
  await fireEvent.click($("#completed-section"));
  await waitFor(() => expect(titles()).toHaveLength(9));
  expect(document.activeElement, "the keyboard goes on in the list").toBe($("#list"));
  expect(new View().folded, "the next window remembers").toBe(false);
});

test("jumping far shows the rows there", async () => {
  await open(100_000);
  $("#list").scrollTop = 44 * 50_000;
  await fireEvent.scroll($("#list"));
  await waitFor(() => expect(titles()).toContain("Todo number 75000"));
  expect(document.querySelectorAll("[data-todo-id]").length).toBeLessThanOrEqual(60);
});

test("adding keeps the field for the next one; a refusal keeps the text", async () => {
  await open(3);
  const input = $<HTMLInputElement>("#add-input");
  input.focus();
  await fireEvent.input(input, { target: { value: "Buy cloves" } });
  await press("Enter");
  await waitFor(() => expect(titles()[0]).toBe("Buy cloves"));
  expect(input.value).toBe("");
  expect(document.activeElement).toBe(input);

  fake.refuse["addTodo"] = { code: "diskFull", message: "The disk is full." };
  await fireEvent.input(input, { target: { value: "Kept text" } });
  await press("Enter");
  await waitFor(() => expect($("#add-error").textContent).toBe("The disk is full."));
  expect($("#add-error").getAttribute("role")).toBe("alert");
  expect(input.value).toBe("Kept text");
  expect($("#banner").textContent).toContain("disk is full");
});

test("an input method's Enter adds nothing", async () => {
  await open(1);
  $("#add-input").focus();
  await press("Enter", { isComposing: true });
  await press("Enter", { keyCode: 229 });
  expect(fake.named("addTodo")).toEqual([]);
});

test("the focus stays on the list while rows change under it", async () => {
  await open(100);
  $("#list").focus();
  await press("ArrowDown");
  await press("ArrowDown");
  const active = $("#list").getAttribute("aria-activedescendant");
  fake.todos = [todo(-3, { id: "remote", title: "From elsewhere" }), ...fake.todos];
  fake.emit("todos-changed");
  await waitFor(() => expect(titles()[0]).toBe("From elsewhere"));
  expect(document.activeElement).toBe($("#list"));
  expect($("#list").getAttribute("aria-activedescendant")).toBe(active);
});

test("a draft and its focus stay while rows change around it", async () => {
  await open(100);
  $("#list").focus();
  await press("ArrowDown");
  await press("Enter");
  await waitFor(() => expect(document.activeElement?.id).toBe("edit-title"));
  await fireEvent.input($("#edit-title"), { target: { value: "Half a thought" } });
  fake.todos = [todo(-3, { id: "remote", title: "From elsewhere" }), ...fake.todos];
  fake.emit("todos-changed");
  await waitFor(() => expect(titles()[0]).toBe("From elsewhere"));
  expect(document.activeElement?.id).toBe("edit-title");
  expect($<HTMLInputElement>("#edit-title").value).toBe("Half a thought");
  await press("Enter");
  await waitFor(() => expect(titles()).toContain("Half a thought"));
  expect(document.activeElement).toBe($("#list"));
});

test("Escape brings the old title back", async () => {
  await open(3);
  $("#list").focus();
  await press("Enter");
  await waitFor(() => $("#edit-title"));
  await fireEvent.input($("#edit-title"), { target: { value: "No" } });
  await press("Escape");
  expect(titles()).not.toContain("No");
  expect(fake.named("renameTodo")).toEqual([]);
});

test("Delete deletes on the list, never in a field", async () => {
  await open(3);
  $("#add-input").focus();
  await press("Delete");
  await press("Backspace");
  expect(fake.named("deleteTodos")).toEqual([]);
  $("#list").focus();
  await press("Home");
  await press("Delete");
  await waitFor(() => expect($("#toast").textContent).toContain("Deleted “Todo number 0”"));
  await fireEvent.click($("#toast-undo"));
  await waitFor(() => expect(fake.named("undo")[0]?.args[0]).toEqual(expect.any(Number)));
  await waitFor(() => expect($("#live").textContent).toContain("Undone: deleting"));
});

test("Ctrl+Z is the field's while it has something typed, and Clove's before", async () => {
  await open(3);
  const input = $("#add-input");
  input.focus();
  await press("z", { ctrlKey: true });
  expect(fake.named("undo")).toHaveLength(1);
  await fireEvent.input(input, { target: { value: "x" } });
  await press("z", { ctrlKey: true });
  expect(fake.named("undo")).toHaveLength(1);
});

test("a search marks what it found, as text", async () => {
  await open(30, () => {
    fake.todos = [todo(0, { title: "<img src=x> basil" }), ...fake.todos.slice(1)];
  });
  await fireEvent.input($("#search-input"), { target: { value: "basil" } });
  await waitFor(() => expect(titles()).toEqual(["<img src=x> basil"]));
  expect($(".row-title mark").textContent).toBe("basil");
  expect(document.querySelector(".row-title img")).toBeNull();
  await fireEvent.input($("#search-input"), { target: { value: "nowhere" } });
  await waitFor(() => expect($("#empty").textContent).toContain("Nothing matches “nowhere”"));
});

test("the first run names the shortcut", async () => {
  await open(0);
  expect($("#empty").textContent).toMatch(/Nothing to do yet/);
  expect(Array.from(document.querySelectorAll("#empty kbd"), (e) => e.textContent)).toEqual([
    "Ctrl",
    "Shift",
    "Space",
  ]);
});

test("read-only says why, and takes no todo", async () => {
  await open(3, () => {
    fake.info.store = { state: "readOnly", message: "A newer Clove wrote this." };
  });
  expect($("#banner").textContent).toContain("A newer Clove wrote this.");
  expect($<HTMLInputElement>("#add-input").disabled).toBe(true);
  expect($<HTMLInputElement>("[data-todo-id] input").disabled).toBe(true);
});

test("a store that did not open is told of, and tried again", async () => {
  await open(3, () => {
    fake.info.store = { state: "failed", message: "Permission denied." };
  });
  expect($("#store-failed").textContent).toContain("Permission denied.");
  expect($("#store-failed").textContent).toContain(fake.info.dataFolder);
  fake.info = { ...fake.info, store: { state: "ready" } };
  await fireEvent.click($("#retry-open"));
  await waitFor(() => expect(titles()).toHaveLength(3));
});

test("a notice from before the window is shown, and one from now", async () => {
  await open(1, () => tell("The settings could not be read."));
  await waitFor(() => expect($("#notice").textContent).toContain("could not be read"));
  tell("A link arrived.");
  fake.emit("notice");
  await waitFor(() => expect($("#notice").textContent).toContain("A link arrived."));
});

test("? opens the sheet from the list, and types itself in a field", async () => {
  await open(3);
  $("#search-input").focus();
  await press("?", { shiftKey: true });
  expect(app.dialog).toBeNull();
  $("#list").focus();
  await press("?", { shiftKey: true });
  await tick();
  expect($("#keyboard-sheet").textContent).toContain("Complete, or reopen");
});

test("a taken shortcut says so, and the old one stays", async () => {
  await open(0);
  app.dialog = "settings";
  await tick();
  fake.refuse["setHotkey"] = { code: "invalid", message: "Ctrl+K is taken." };
  await fireEvent.keyDown($("#hotkey-input"), { code: "KeyK", key: "k", ctrlKey: true });
  await waitFor(() => expect($("#hotkey-error").textContent).toBe("Ctrl+K is taken."));
  expect($<HTMLInputElement>("#hotkey-input").value).toBe("Ctrl+Shift+Space");
});

test("closing without a tray asks, and quits", async () => {
  await open(0);
  fake.asks = true;
  fake.emit("close-requested");
  await waitFor(() => $("#close-dialog"));
  await fireEvent.click($("#close-remember"));
  await fireEvent.click(screen.getByText("Quit"));
  expect(fake.named("closeMain")[0]?.args).toEqual([true]);
});

test("among the deleted there is no field for new ones; its key leads to the active, draft and all", async () => {
  await open(3);
  $("#add-input").focus();
  await fireEvent.input($("#add-input"), { target: { value: "Buy oats" } });
  await press("4", { ctrlKey: true });
  await waitFor(() => expect(list.shown.filter).toBe("deleted"));
  await waitFor(() => expect(document.querySelector("#add-input")).toBeNull());
  expect(document.activeElement?.id, "the focus is not lost with the field").toBe("list");
  await press("n", { ctrlKey: true });
  await waitFor(() => expect(document.activeElement?.id).toBe("add-input"));
  expect(list.shown.filter).toBe("active");
  expect($<HTMLInputElement>("#add-input").value).toBe("Buy oats");
});

test("what is typed is kept letter by letter, before Clove quits, and is there at the next start", async () => {
  await open(1);
  let answer: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (answer = resolve));
  $("#add-input").focus();
  for (const value of ["B", "Bu", "Buy oats"])
    await fireEvent.input($("#add-input"), { target: { value } });
  await press("q", { ctrlKey: true });
  expect(fake.named("closeMain"), "it waits until the draft is kept").toEqual([]);
  answer();
  fake.gate = null;
  await waitFor(() => expect(fake.named("closeMain")).toHaveLength(1));
  expect(fake.named("keepAddDraft").map(({ args }) => args[0])).toEqual(["B", "Buy oats"]);

  adding.draft = "";
  fake.draft = "Buy oats";
  await recallDraft();
  await waitFor(() => expect($<HTMLInputElement>("#add-input").value).toBe("Buy oats"));
  await press("Enter");
  await waitFor(() => expect(titles()).toContain("Buy oats"));
  expect(fake.named("keepAddDraft").at(-1)?.args, "what was added is no draft").toEqual([""]);
});
