// Several lines pasted into the field for one todo.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { fake } from "./fake-ipc";
import { $, focused, open, press } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { adding } from "../src/state/adding.svelte";
import { pasting } from "../src/state/pasting.svelte";
import { view } from "../src/state/view.svelte";

const titles = () => Array.from(document.querySelectorAll(".row-title"), (e) => e.textContent);
const none = (selector: string) => expect(document.querySelector(selector)).toBeNull();

async function paste(words: string): Promise<boolean> {
  $("#add-input").focus();
  const clipboardData = { getData: () => words };
  const taken = !(await fireEvent.paste($("#add-input"), { clipboardData }));
  return taken;
}

beforeEach(async () => {
  view.folded = true;
  adding.draft = "";
  pasting.leave();
  await open();
  await waitFor(() => expect(titles()).toHaveLength(2));
});

test("one line is the field's own, whatever ends it", async () => {
  expect(await paste("milk\n")).toBe(false);
  expect(await paste("milk and bread")).toBe(false);
  none("#pasted");
});

test("several lines become a todo each with Enter, which one undo takes back", async () => {
  expect(await paste("- milk\n\n- bread\n- rope")).toBe(true);
  await waitFor(() => expect($("#pasted").textContent).toContain("3 lines pasted"));
  expect($("#live").textContent, "said to those who do not see it").toContain("3 lines pasted");
  expect(focused(), "the focus stays").toBe("add-input");
  expect($("#pasted-each").textContent).toBe("Add 3 todos");
  await press("Enter");
  await waitFor(() => expect(titles().slice(0, 3)).toEqual(["milk", "bread", "rope"]));
  expect(fake.named("addTodos").map(({ args }) => args)).toEqual([[["milk", "bread", "rope"]]]);
  expect(fake.named("addTodo")).toEqual([]);
  none("#pasted");
  expect(focused(), "for the next").toBe("add-input");
  expect($("#toast").textContent).toContain("Added 3 todos");
  await fireEvent.click($("#toast-undo"));
  expect(fake.named("undo")).toHaveLength(1);
});

test("or one todo, with the lines in its description", async () => {
  await paste("Shopping\nmilk\nbread");
  await fireEvent.click($("#pasted-one"));
  await waitFor(() => expect(titles()[0]).toBe("Shopping"));
  expect(fake.named("addTodo")[0]?.args).toEqual(["Shopping", "milk\nbread"]);
});

test("what was typed around them belongs to them", async () => {
  const input = $<HTMLInputElement>("#add-input");
  await fireEvent.input(input, { target: { value: "Buy now" } });
  input.setSelectionRange(4, 4);
  await paste("milk\nbread ");
  expect(pasting.lines?.titles).toEqual(["Buy milk", "bread now"]);
});

test("Escape leaves them, and the draft as it was; so does typing on", async () => {
  await fireEvent.input($("#add-input"), { target: { value: "draft" } });
  await paste("\nmilk\nbread");
  await waitFor(() => $("#pasted"));
  await press("Escape");
  await waitFor(() => none("#pasted"));
  expect($<HTMLInputElement>("#add-input").value).toBe("draft");
  expect(focused()).toBe("add-input");
  await paste("\nmilk\nbread");
  await fireEvent.input($("#add-input"), { target: { value: "draft!" } });
  await waitFor(() => none("#pasted"));
});

test("a refusal leaves them where they are, with the reason", async () => {
  fake.refuse["addTodos"] = { code: "diskFull", message: "The disk is full." };
  await paste("milk\nbread");
  await press("Enter");
  await waitFor(() => expect($("#pasted-error").textContent).toBe("The disk is full."));
  expect($("#pasted-each").textContent).toBe("Add 2 todos");
});

test("a line that is too long is told of before anything is added", async () => {
  await paste(`milk\n${"x".repeat(501)}\nbread`);
  await waitFor(() => expect($("#pasted").textContent).toContain("1 line is longer than 500"));
  expect($("#pasted-each").textContent).toBe("Add 2 todos");
});

test("10,000 lines are one call; more are not offered", async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => `line ${i}`).join("\n");
  await paste(lines);
  await waitFor(() => expect($("#pasted-each").textContent).toBe("Add 10,000 todos"));
  expect(document.querySelectorAll("#pasted li").length, "a few are shown").toBeLessThan(6);
  await press("Enter");
  await waitFor(() => expect($("#toast").textContent).toContain("Added 10,000 todos"));
  expect(fake.named("addTodos")).toHaveLength(1);
  await paste(`${lines}\none more`);
  await waitFor(() => expect($("#pasted").textContent).toContain("More than 10,000"));
  none("#pasted-each");
  await press("Enter");
  expect(fake.named("addTodos"), "Enter takes no answer that is not offered").toHaveLength(1);
});

test("markup in a line is text", async () => {
  await paste("<img src=x onerror=alert(1)>\n\u202Ereversed");
  await waitFor(() => expect($("#pasted").textContent).toContain("<img src=x onerror=alert(1)>"));
  none("#pasted img");
  expect($("#pasted").textContent).not.toContain("\u202E");
});
