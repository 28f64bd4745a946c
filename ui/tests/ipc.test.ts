import { beforeEach, expect, test, vi } from "vitest";
import { text } from "../src/text";

const { invoke } = vi.hoisted(() => ({ invoke: vi.fn() }));
vi.mock("@tauri-apps/api/core", () => ({ invoke }));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));

import * as ipc from "../src/ipc";

beforeEach(() => {
  invoke.mockReset().mockResolvedValue(null);
});

test("a command goes out under its name, with its arguments", async () => {
  await ipc.listTodos("all", "newest", 40, 20);
  expect(invoke).toHaveBeenCalledWith("list_todos", {
    filter: "all",
    sort: "newest",
    offset: 40,
    limit: 20,
  });
  await ipc.addTodo("Buy cloves");
  expect(invoke).toHaveBeenLastCalledWith("add_todo", { title: "Buy cloves", description: null });
  await ipc.setConnection("pk_test_x", "https://x.convex.cloud");
  expect(invoke).toHaveBeenLastCalledWith("set_connection", {
    publishableKey: "pk_test_x",
    convexUrl: "https://x.convex.cloud",
  });
});

test.each([
  [{ code: "diskFull", message: "The disk is full." }, "diskFull", "The disk is full."],
  ["invalid args `id`", "internal", "(invalid args `id`)"],
  [new Error("boom"), "internal", "(boom)"],
  [undefined, "internal", "Something unexpected"],
  [{ code: "martian", message: "?" }, "internal", "Something unexpected"],
  [{ code: "toString", message: "?" }, "internal", "Something unexpected"],
])("%o becomes a CommandError", async (thrown, code, words) => {
  invoke.mockRejectedValue(thrown);
  await expect(ipc.redo()).rejects.toEqual({ code, message: expect.stringContaining(words) });
});

test("half of a surrogate pair is refused before it is sent", async () => {
  const refusal = { code: "invalid", message: text.brokenCharacter };
  await expect(ipc.addTodo("cut \ud83c")).rejects.toEqual(refusal);
  await expect(ipc.describeTodo("id", "\udf3f cut")).rejects.toEqual(refusal);
  await expect(ipc.addTodos(["whole", "cut \ud83c"])).rejects.toEqual(refusal);
  expect(invoke).not.toHaveBeenCalled();
  await ipc.addTodo("whole 🌿");
  expect(invoke).toHaveBeenCalledOnce();
});

test("an engine without isWellFormed finds the half, too", async () => {
  const native = Object.getOwnPropertyDescriptor(String.prototype, "isWellFormed");
  Reflect.deleteProperty(String.prototype, "isWellFormed");
  try {
    await expect(ipc.addTodo("cut \ud83c")).rejects.toMatchObject({ code: "invalid" });
    await expect(ipc.addTodo("whole 🌿")).resolves.toBeNull();
  } finally {
    if (native) Object.defineProperty(String.prototype, "isWellFormed", native);
  }
});
