// What other devices did, and what can be done about it from the toast.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { HistoryEntry } from "../src/bindings/HistoryEntry";
import type { SyncNotice } from "../src/bindings/SyncNotice";
import { fake, todo } from "./fake-ipc";
import { $, escape, open } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { list } from "../src/state/list.svelte";
import { toasts } from "../src/state/toasts.svelte";

const tell = (...notices: SyncNotice[]) => {
  fake.notices.push(...notices.map((notice) => ({ kind: "sync", notice }) as const));
  fake.emit("notice");
};
const lost = (id: string, title: string): SyncNotice => ({
  kind: "editsLost",
  todos: [{ id, title }],
});
const entry = (seq: number, old: string): HistoryEntry => ({
  seq,
  field: "title",
  old,
  new: "theirs",
  at: 1_700_000_000_000,
  cause: "conflict_lost",
});

test("an edit that lost is told by name, and its history is a press away", async () => {
  await open(() => {
    list.show("all");
    fake.pasts["todo-0"] = [entry(7, "mine")];
  });
  tell(lost("todo-0", "theirs"));
  await waitFor(() => expect($("#toast").textContent).toContain("“theirs” was changed later"));
  await fireEvent.click($("#toast-history"));
  await waitFor(() => expect($("#past").textContent).toContain("Title was “mine”"));
  expect($("#past h2").textContent).toBe("History of “theirs”");
  await fireEvent.click($("#past .history-restore"));
  await waitFor(() => expect(fake.named("restoreHistory")[0]?.args).toEqual([7]));
  escape("#past");
});

test("edits of several todos that lost are told together, and stay until dismissed", async () => {
  await open(() => {
    fake.pasts["todo-1"] = [entry(8, "my bread")];
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  tell(lost("todo-0", "milk"));
  await vi.waitFor(() => expect(toasts.toast?.message).toContain("“milk” was"));
  tell(lost("todo-1", "bread"), lost("todo-0", "milk"));
  await vi.waitFor(() => expect(toasts.toast?.message).toContain("“milk” and 1 other todo were"));
  vi.advanceTimersByTime(600_000);
  vi.useRealTimers();
  expect(toasts.toast, "it may have come at night").not.toBeNull();
  await fireEvent.click($("#toast-history"));
  await waitFor(() => expect($("#past").textContent).toContain("Title was “my bread”"));
  expect(Array.from(document.querySelectorAll("#past h3"), (e) => e.textContent)).toEqual([
    "milk",
    "bread",
  ]);
  escape("#past");
});

test("a history that cannot be read says so in its place", async () => {
  await open();
  fake.refuse["history"] = { code: "internal", message: "The file is locked." };
  tell(lost("todo-0", "milk"));
  await waitFor(() => $("#toast-history"));
  await fireEvent.click($("#toast-history"));
  await waitFor(() => expect($("#past").textContent).toContain("The file is locked."));
  escape("#past");
});

test("many deleted at once are told with their number, and brought back exactly", async () => {
  const ids = Array.from({ length: 25 }, (_, i) => `gone-${i}`);
  await open(() => {
    fake.todos.push(...ids.map((id) => todo(9, { id, deletedAt: 5 })));
    fake.todos.push(todo(10, { id: "before", deletedAt: 4 }));
  });
  tell({ kind: "manyDeleted", ids, copy: "/data/before.db" });
  await waitFor(() => expect($("#toast").textContent).toContain("deleted 25 todos at once"));
  expect($("#notice").textContent).toContain("/data/before.db");
  await fireEvent.click($("#toast-undo"));
  await waitFor(() => expect(fake.named("restoreTodos")[0]?.args).toEqual([ids]));
  expect(fake.todos.find(({ id }) => id === "before")?.deletedAt, "not theirs").toBe(4);
  await waitFor(() => expect($("#toast").textContent).toContain("Restored 25 todos"));
});
