import { cleanup, fireEvent, render, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { fake } from "./fake-ipc";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import QuickAdd from "../src/components/QuickAdd.svelte";
import { quick } from "../src/state/quick.svelte";
import { $, focused } from "./page";

const field = () => $<HTMLTextAreaElement>("#quick-input");
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const press = (key: string, more: object = {}) => fireEvent.keyDown(field(), { key, ...more });
const until = (name: string, times = 1) =>
  waitFor(() => expect(fake.named(name)).toHaveLength(times));
const said = () => $("#quick-live").textContent;

async function open(draft = ""): Promise<void> {
  fake.reset(0);
  fake.draft = draft;
  quick.adding.draft = "";
  quick.told = null;
  render(QuickAdd);
  await until("quickAddFit");
}

beforeEach(() => open());

test("Enter adds, then hides with nothing kept", async () => {
  await type("Call Noor");
  await press("Enter");
  await until("quickAddHide");
  const order = fake.calls.map(({ name }) => name);
  expect(order.indexOf("addTodo")).toBeLessThan(order.indexOf("quickAddHide"));
  expect(fake.named("quickAddHide")[0]?.args).toEqual([""]);
  expect(field().value).toBe("");
});

test("Shift+Enter adds and stays, tells so, and the field is ready for the next", async () => {
  await type("Call Noor");
  await press("Enter", { shiftKey: true });
  await waitFor(() => expect($("#quick-told").textContent).toBe("Added “Call Noor”"));
  expect(said(), "a screen reader hears it").toBe("Added “Call Noor”");
  expect([field().value, focused()]).toEqual(["", "quick-input"]);
  expect(fake.named("quickAddHide")).toEqual([]);
  await waitFor(() => expect(fake.named("quickAddKeep").at(-1)?.args).toEqual([""]));
});

test("the last add is taken back by its button", async () => {
  await type("Call Noor");
  await press("Enter", { shiftKey: true });
  await waitFor(() => $("#quick-undo"));
  const action = quick.told?.action;
  await fireEvent.click($("#quick-undo"));
  await waitFor(() => expect($("#quick-told").textContent).toMatch(/^Undone/));
  expect(fake.named("undo")[0]?.args, "exactly this edit").toEqual([action]);
  expect(document.querySelector("#quick-undo"), "once").toBeNull();
  expect(focused()).toBe("quick-input");
});

test("Ctrl+Z takes it back on the empty field alone: in a text it is the text's own", async () => {
  await type("Call Noor");
  await press("Enter", { shiftKey: true });
  await waitFor(() => $("#quick-undo"));
  await type("x");
  await press("z", { ctrlKey: true });
  expect(fake.named("undo")).toEqual([]);
  await type("");
  await press("z", { ctrlKey: true });
  await until("undo");
});

test("several lines are one todo each, in one edit", async () => {
  await type("- milk\n\nbread\n");
  expect($("#quick-add-many").textContent).toContain("Add 2 todos");
  expect(said()).toContain("2 lines");
  await press("Enter");
  await until("quickAddHide");
  expect(fake.named("addTodos")[0]?.args).toEqual([["milk", "bread"]]);
});

test("several lines are one todo where that is wanted, by key and by button", async () => {
  await type("Shopping\nmilk\nbread");
  await press("Enter", { ctrlKey: true });
  await until("addTodo");
  await until("quickAddHide");
  await type("Shopping\nmilk");
  await fireEvent.click($("#quick-add-one"));
  await until("addTodo", 2);
  expect(fake.named("addTodo").map(({ args }) => args)).toEqual([
    ["Shopping", "milk\nbread"],
    ["Shopping", "milk"],
  ]);
});

test("Enter on a button is the button's", async () => {
  await type("a\nb");
  await fireEvent.keyDown($("#quick-add-one"), { key: "Enter" });
  expect(fake.named("addTodos"), "the click that follows decides").toEqual([]);
});

test("a line that is too long for a todo is left out and said, the others are added", async () => {
  await type(`milk\n${"x".repeat(501)}\nbread`);
  const leftOut = "1 line is longer than 500 characters and is left out.";
  expect($("#quick-left-out").textContent).toBe(leftOut);
  expect(said(), "a screen reader hears it").toContain(leftOut);
  expect($("#quick-add-many").textContent).toContain("Add 2 todos");
  await press("Enter");
  await until("quickAddHide");
  expect(fake.named("addTodos")[0]?.args).toEqual([["milk", "bread"]]);
});

test("where no line can be a todo, only one todo of all is offered", async () => {
  const long = "x".repeat(501);
  await type(`${long}\n${long}`);
  expect($("#quick-left-out").textContent).toContain("2 lines are longer");
  expect(document.querySelector("#quick-add-many")).toBeNull();
  fake.refuse["addTodos"] = { code: "invalid", message: "A title is too long." };
  await press("Enter");
  await waitFor(() => expect($("#quick-error").textContent).toBe("A title is too long."));
  expect(field().value, "nothing is lost").toBe(`${long}\n${long}`);
});

test("more lines than one add takes are not offered", async () => {
  await type("a\n".repeat(10_001));
  expect($("#quick-left-out").textContent).toBe("More than 10,000 cannot be added at once.");
  expect(document.querySelector("#quick-add-many")).toBeNull();
});

test("10,000 pasted lines are taken, and none is drawn", async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => `todo ${i}`);
  await type(lines.join("\n"));
  expect($("#quick-add-many").textContent).toContain("Add 10,000 todos");
  expect(document.querySelectorAll("main *").length).toBeLessThan(60);
  await press("Enter");
  await until("addTodos");
  expect(fake.named("addTodos")[0]?.args).toEqual([lines]);
});

test("Escape hides, and the draft is kept", async () => {
  await type("Half a thou");
  await press("Escape");
  await until("quickAddHide");
  expect(fake.named("quickAddHide")[0]?.args).toEqual(["Half a thou"]);
});

test("what is typed is kept meanwhile, up to the last letter", async () => {
  for (const draft of ["H", "Ha", "Hal"]) await type(draft);
  await waitFor(() => expect(fake.named("quickAddKeep").at(-1)?.args).toEqual(["Hal"]));
});

test("a refusal is shown, the window and the text stay", async () => {
  fake.refuse["addTodo"] = { code: "diskFull", message: "The disk is full." };
  await type("Kept");
  await press("Enter");
  await waitFor(() => expect($("#quick-error").textContent).toBe("The disk is full."));
  expect(field().value).toBe("Kept");
  expect(fake.named("quickAddHide")).toEqual([]);
});

test("a draft that was left is there before the keys are asked for, with the caret after it", async () => {
  document.body.replaceChildren();
  await open("Half a thou");
  expect(field().value).toBe("Half a thou");
  expect(field().selectionStart).toBe("Half a thou".length);
  const order = fake.calls.map(({ name }) => name);
  expect(order).toEqual(["quickAddDraft", "quickAddOpened", "quickAddFit"]);
});

test("shown again, it has the focus and its height, and keeps its text", async () => {
  await type("Half");
  field().blur();
  fake.emit("quick-add-shown");
  await until("quickAddFit", 2);
  expect(fake.named("quickAddOpened")).toHaveLength(2);
  expect([field().value, focused()]).toEqual(["Half", "quick-input"]);
});

test("it takes keys once it has the focus, but not before its draft is there", async () => {
  const hasFocus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
  cleanup();
  const opening = open("Half");
  window.dispatchEvent(new FocusEvent("focus"));
  await opening;
  expect(fake.named("quickAddOpened").map(({ args }) => args)).toEqual([[false]]);
  window.dispatchEvent(new FocusEvent("focus"));
  expect(fake.named("quickAddOpened").map(({ args }) => args)).toEqual([[false], [true]]);
  hasFocus.mockRestore();
});
