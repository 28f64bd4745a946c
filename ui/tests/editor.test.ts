// The todo that is open: it is edited, ticked, and its past is looked at, in its place in the list.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { fake } from "./fake-ipc";
import { $, focused, open, press } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { app } from "../src/state/app.svelte";
import { cursor } from "../src/state/cursor.svelte";
import { editor } from "../src/state/editor.svelte";
import { list } from "../src/state/list.svelte";
import { view } from "../src/state/view.svelte";

const titles = () => Array.from(document.querySelectorAll(".row-title"), (e) => e.textContent);
const none = (selector: string) => expect(document.querySelector(selector)).toBeNull();

beforeEach(async () => {
  view.folded = true;
  editor.cancel();
  list.search("");
  list.show("all");
  await open();
  await waitFor(() => expect(titles()).toHaveLength(2));
  $("#list").focus();
  cursor.moveTo(0);
});

const edit = async () => {
  await press("F2");
  await waitFor(() => expect(focused()).toBe("edit-title"));
};

test("Enter saves a title, and a line break in it is a space", async () => {
  await edit();
  await fireEvent.input($("#edit-title"), { target: { value: "one\ntwo" } });
  await press("Enter");
  await waitFor(() => expect(fake.named("renameTodo")[0]?.args).toEqual(["todo-0", "one two"]));
  await waitFor(() => none("#edit-title"));
  expect(focused()).toBe("list");
});

test("in the description Enter is a line, and Ctrl+Enter saves: the hint says which", async () => {
  await edit();
  expect($(".hint").textContent).toBe("Enter saves, Esc discards.");
  $("#edit-description").focus();
  await waitFor(() => expect($(".hint").textContent).toBe("Ctrl+Enter saves, Esc discards."));
  await fireEvent.input($("#edit-description"), { target: { value: "a\nb" } });
  await press("Enter");
  expect(fake.named("describeTodo")).toEqual([]);
  await press("Enter", { ctrlKey: true });
  await waitFor(() => expect(fake.named("describeTodo")[0]?.args).toEqual(["todo-0", "a\nb"]));
});

test("a tick saves what was typed, closes, and completes", async () => {
  await edit();
  await fireEvent.input($("#edit-title"), { target: { value: "typed" } });
  await fireEvent.click($("#edit-completed"));
  await waitFor(() => expect(fake.named("setCompleted")[0]?.args).toEqual([["todo-0"], true]));
  expect(fake.named("renameTodo")[0]?.args).toEqual(["todo-0", "typed"]);
  await waitFor(() => none("#edit-title"));
});

test("a tick of what cannot be saved completes nothing, and loses nothing", async () => {
  await edit();
  fake.refuse["renameTodo"] = { code: "diskFull", message: "The disk is full." };
  await fireEvent.input($("#edit-title"), { target: { value: "typed" } });
  await fireEvent.click($("#edit-completed"));
  await waitFor(() => expect($("#edit-error").textContent).toBe("The disk is full."));
  expect($<HTMLTextAreaElement>("#edit-title").value).toBe("typed");
  expect($<HTMLInputElement>("#edit-completed").checked).toBe(false);
  expect(fake.named("setCompleted")).toEqual([]);
});

test("the past is one key away, from the list and from the editor", async () => {
  await press("h", { ctrlKey: true, shiftKey: true });
  await waitFor(() => expect($("#history").textContent).toContain("No earlier versions"));
  expect($("#edit-history").getAttribute("aria-expanded")).toBe("true");
  await press("h", { ctrlKey: true, shiftKey: true });
  await waitFor(() => none("#history"));
  expect($("#edit-history").getAttribute("aria-keyshortcuts")).toBe("Control+Shift+H");
});

const type = (title: string, description: string) =>
  fireEvent
    .input($("#edit-title"), { target: { value: title } })
    .then(() => fireEvent.input($("#edit-description"), { target: { value: description } }));

test("a window that is to close has saved what is being edited before it says so", async () => {
  await edit();
  let answer: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (answer = resolve));
  const saving = editor.save();
  await type("typed", "words");
  fake.emit("close-requested");
  expect(fake.named("mainSaved"), "it waits until all is saved").toEqual([]);
  answer();
  fake.gate = null;
  await saving;
  await waitFor(() => expect(fake.named("mainSaved")[0]?.args).toEqual([true]));
  expect(fake.todos[0]).toMatchObject({ title: "typed", description: "words" });
});

test("an empty title is no reason to stay: the todo keeps its own, and the description is kept", async () => {
  await edit();
  await type("  ", "words");
  fake.emit("close-requested");
  await waitFor(() => expect(fake.named("mainSaved")[0]?.args).toEqual([true]));
  expect(fake.named("renameTodo")).toEqual([]);
  expect(fake.todos[0]).toMatchObject({ title: "Todo number 0", description: "words" });
});

test("words that are refused keep the window, until somebody closes it again", async () => {
  await edit();
  app.dialog = "settings";
  fake.refuse["renameTodo"] = { code: "invalid", message: "It is too long." };
  await type("x".repeat(501), "words");
  fake.emit("close-requested");
  await waitFor(() => expect(fake.named("mainSaved").map(({ args }) => args[0])).toEqual([false]));
  expect($("#edit-error").textContent).toBe("It is too long.");
  expect(app.dialog, "nothing covers what is said").toBeNull();
  expect(fake.todos[0]?.description, "what can be kept is").toBe("words");

  await fireEvent.input($("#edit-title"), { target: { value: "x".repeat(502) } });
  fake.emit("close-requested");
  await waitFor(() => expect(fake.named("mainSaved")).toHaveLength(2));
  fake.emit("close-requested");
  await waitFor(() =>
    expect(fake.named("mainSaved").map(({ args }) => args[0])).toEqual([false, false, true]),
  );
});
