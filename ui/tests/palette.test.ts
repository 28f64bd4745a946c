// The command palette, as a person uses it: by keyboard, by mouse, over the contract's fake.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { cloud, signedIn } from "./fake-account";
import { fake, todo } from "./fake-ipc";
import { synced } from "./fake-sync";
import { $, focused, open, press } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { bindings } from "../src/keys";
import { app } from "../src/state/app.svelte";
import { cursor } from "../src/state/cursor.svelte";
import { editor } from "../src/state/editor.svelte";
import { list } from "../src/state/list.svelte";
import { toasts } from "../src/state/toasts.svelte";
import { view } from "../src/state/view.svelte";
import { text } from "../src/text";

const lines = () =>
  Array.from(document.querySelectorAll("#palette [role=option] .name"), (e) => e.textContent);
const groups = () =>
  Array.from(document.querySelectorAll("#palette [role=group]"), (e) =>
    e.getAttribute("aria-label"),
  );
const chosen = () => $("#palette [aria-selected=true] .name").textContent;
const gone = () => expect(document.querySelector("#palette")).toBeNull();

async function openPalette(change: () => void = () => undefined): Promise<void> {
  await open(change);
  await waitFor(() => expect(list.loaded && list.shown.total).toBeTruthy());
  cursor.moveTo(0);
  await press("k", { ctrlKey: true });
  await waitFor(() => expect(focused()).toBe("palette-input"));
}
const type = async (query: string) => {
  await fireEvent.input($("#palette-input"), { target: { value: query } });
};

beforeEach(() => {
  localStorage.clear();
  editor.cancel();
  view.folded = false;
  list.search("");
  list.show("all");
});

test("it names what is chosen as a combobox does, and the arrows go round", async () => {
  await openPalette();
  const input = $("#palette-input");
  expect(input.getAttribute("role")).toBe("combobox");
  expect($("#palette-list").getAttribute("role")).toBe("listbox");
  expect(input.getAttribute("aria-controls")).toBe("palette-list");
  expect(input.getAttribute("aria-activedescendant")).toBe("palette-add");
  await press("ArrowUp");
  expect(chosen()).toBe("Quit");
  await press("ArrowDown");
  expect(input.getAttribute("aria-activedescendant")).toBe("palette-add");
  expect(focused()).toBe("palette-input");
});

test("what is typed finds commands and todos, and Enter runs the first", async () => {
  await openPalette(() => {
    fake.todos = [todo(0, { title: "Complete the tax form" }), todo(1)];
  });
  await type("compl");
  await waitFor(() => expect(groups()).toEqual(["Commands"]));
  await type("omplete");
  await waitFor(() => expect(groups()).toEqual(["Commands", "Todos"]));
  await type("show c");
  expect(lines()[0]).toBe("Show completed");
  await press("Enter");
  await waitFor(() => expect(list.shown.filter).toBe("completed"));
  gone();
});

test("what was run last comes first the next time", async () => {
  await openPalette();
  await type("settings");
  await press("Enter");
  await waitFor(() => expect(app.dialog).toBe("settings"));
  app.dialog = null;
  await waitFor(() => expect(document.querySelector("#settings")).toBeNull());
  await press("k", { ctrlKey: true });
  await waitFor(() =>
    expect(groups()).toEqual(["Recent", "Todos", "“Todo number 0”", "What is shown", "Clove"]),
  );
  expect(chosen()).toBe("Settings");
  expect(lines().filter((name) => name === "Settings")).toHaveLength(1);
});

test("a todo is gone to wherever it is: filter, search and fold make way", async () => {
  await open(() => {
    fake.todos = Array.from({ length: 300 }, (_, i) => todo(i));
    fake.todos[251] = todo(251, { title: "The needle", completed: true });
  });
  list.show("active");
  list.search("Todo number 7");
  view.folded = true;
  await waitFor(() => expect(list.shown.query).not.toBe(""));
  await press("k", { ctrlKey: true });
  await waitFor(() => expect(focused()).toBe("palette-input"));
  await type("needle");
  await waitFor(() => expect(lines()).toContain("The needle"));
  await press("Enter");
  await waitFor(() => expect($("[data-cursor] .row-title").textContent).toBe("The needle"));
  gone();
  expect([list.filter, list.query, view.folded]).toEqual(["all", "", false]);
  expect(focused()).toBe("list");
  expect(document.querySelector(".editor"), "it is shown, not opened").toBeNull();
});

test("the mouse chooses and runs; a press takes the focus from nowhere", async () => {
  await openPalette();
  await fireEvent.mouseMove($("#palette-settings"));
  expect(chosen()).toBe("Settings");
  expect(await fireEvent.mouseDown($("#palette-settings")), "the field keeps the focus").toBe(
    false,
  );
  await fireEvent.click($("#palette-settings"));
  await waitFor(() => expect(app.dialog).toBe("settings"));
});

test("it shows the keys, and what a command would be about", async () => {
  await openPalette();
  expect($("#palette-filterCompleted").textContent).toContain("Ctrl3");
  const headings = groups().filter((title) => title !== "Recent");
  expect(headings).toEqual(["Todos", "“Todo number 0”", "What is shown", "Clove"]);
  expect($("[aria-label='“Todo number 0”']").textContent).toMatch(/Complete\s+Space/);
  await type("delete");
  expect($("#palette-delete").textContent).toContain("“Todo number 0”");
  await press("Enter");
  await waitFor(() => expect(fake.named("deleteTodos")[0]?.args).toEqual([["todo-0"]]));
  expect(toasts.toast?.message).toContain("Deleted");
});

test("what means nothing now is not there, and what cannot be used says why", async () => {
  await openPalette();
  for (const absent of ["filterAll", "sortNewest", "signOut", "syncNow", "tryAgain", "restore"])
    expect(document.querySelector(`#palette-${absent}`), absent).toBeNull();
  app.dialog = null;
  fake.info = { ...fake.info, store: { state: "readOnly", message: "It is read-only." } };
  fake.emit("app-info-changed", fake.info);
  cloud.become(signedIn());
  synced.become({ phase: "offline" });
  await waitFor(() => gone());
  await press("k", { ctrlKey: true });
  await waitFor(() => expect($("#palette-syncNow").textContent).toContain("Offline"));
  expect($("#palette-add").getAttribute("aria-disabled")).toBe("true");
  await type("add");
  await press("Enter");
  expect(app.dialog, "Enter on it does nothing").toBe("palette");
  await type("sign out");
  await press("Enter");
  await waitFor(() => $("#sign-out-dialog"));
});

test("more hits than fit are shown in the list", async () => {
  await openPalette(() => {
    fake.todos = Array.from({ length: 30 }, (_, i) => todo(i));
  });
  await type("number");
  await waitFor(() => expect(lines()).toContain("Show all that match “number”"));
  await press("ArrowUp");
  await press("Enter");
  await waitFor(() => expect(list.shown.query).toBe("number"));
  gone();
});

test("nothing found is said, and its key closes it", async () => {
  await openPalette();
  await type("zzz");
  await waitFor(() => expect($("#palette").textContent).toContain("Nothing matches “zzz”."));
  expect($("#palette-input").hasAttribute("aria-activedescendant")).toBe(false);
  await press("k", { ctrlKey: true });
  await waitFor(gone);
});

test("the menu bar runs commands, a dialog of its own over another, and no edit under one", async () => {
  await open();
  fake.emit("command", "filterCompleted");
  await waitFor(() => expect(list.shown.filter).toBe("completed"));
  fake.emit("command", "settings");
  fake.emit("command", "filterAll");
  fake.emit("command", "no such command");
  expect([list.filter, app.dialog]).toEqual(["completed", "settings"]);
  fake.emit("command", "account");
  expect(app.dialog).toBe("account");
});

test("Undo from the menu bar is the field's own where something was typed", async () => {
  await open();
  const done: string[] = [];
  document.execCommand = (command) => done.push(command) > 0;
  $("#add-input").focus();
  await fireEvent.input($("#add-input"), { target: { value: "half" } });
  fake.emit("command", "undo");
  fake.emit("command", "selectAll");
  expect([done, fake.named("undo")]).toEqual([["undo", "selectAll"], []]);
  await fireEvent.input($("#add-input"), { target: { value: "" } });
  $("#list").focus();
  fake.emit("command", "undo");
  await waitFor(() => expect(fake.named("undo")).toHaveLength(1));
});

test("Ctrl+Q quits, also from a dialog; an edit that is refused keeps Clove", async () => {
  await openPalette();
  await press("q", { ctrlKey: true });
  await waitFor(() => expect(fake.named("closeMain")).toHaveLength(1));

  app.dialog = null;
  fake.refuse["renameTodo"] = { code: "invalid", message: "It is too long." };
  await waitFor(gone);
  $("#list").focus();
  await press("Enter");
  await waitFor(() => expect(focused()).toBe("edit-title"));
  await fireEvent.input($("#edit-title"), { target: { value: "x".repeat(501) } });
  await press("q", { ctrlKey: true });
  await waitFor(() => expect(editor.error?.message).toBe("It is too long."));
  expect(fake.named("closeMain")).toHaveLength(1);
});

test("the sheet has every key of the map, and quick add's", async () => {
  await open();
  await press("?", { shiftKey: true });
  await waitFor(() => $("#keyboard-sheet"));
  const shown = Array.from(document.querySelectorAll("#keyboard-sheet dt"), (e) => e.textContent);
  for (const { command, keys = [] } of bindings)
    expect(shown.includes(text.commands[command]), command).toBe(keys.length > 0);
  expect(shown).toContain("Add a todo, from any app");
  expect(new Set(shown).size).toBe(shown.length);
});
