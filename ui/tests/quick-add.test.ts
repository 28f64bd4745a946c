import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { fake } from "./fake-ipc";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import QuickAdd from "../src/components/QuickAdd.svelte";
import { quick } from "../src/state/quick.svelte";

const input = () => document.querySelector<HTMLInputElement>("#quick-input") as HTMLInputElement;
const type = (value: string) => fireEvent.input(input(), { target: { value } });

beforeEach(async () => {
  fake.reset(0);
  quick.adding.draft = "";
  render(QuickAdd);
  await waitFor(() => expect(fake.named("quickAddOpened")).toHaveLength(1));
});

test("Enter adds, then hides with nothing kept", async () => {
  await type("Call Noor");
  await fireEvent.keyDown(input(), { key: "Enter" });
  await waitFor(() => expect(fake.named("quickAddHide")).toHaveLength(1));
  expect(fake.calls.map(({ name }) => name)).toEqual(["quickAddOpened", "addTodo", "quickAddHide"]);
  expect(fake.named("quickAddHide")[0]?.args).toEqual([""]);
  expect(input().value).toBe("");
});

test("Escape hides, and the draft is kept", async () => {
  await type("Half a thou");
  await fireEvent.keyDown(input(), { key: "Escape" });
  expect(fake.named("quickAddHide")[0]?.args).toEqual(["Half a thou"]);
});

test("a refusal is shown, the window and the text stay", async () => {
  fake.refuse["addTodo"] = { code: "diskFull", message: "The disk is full." };
  await type("Kept");
  await fireEvent.keyDown(input(), { key: "Enter" });
  await waitFor(() =>
    expect(document.querySelector("#quick-error")?.textContent).toBe("The disk is full."),
  );
  expect(input().value).toBe("Kept");
  expect(fake.named("quickAddHide")).toEqual([]);
});

test("shown again, it asks for the draft again and has the focus", async () => {
  fake.emit("quick-add-shown");
  await waitFor(() => expect(fake.named("quickAddOpened")).toHaveLength(2));
  expect(document.activeElement).toBe(input());
});
