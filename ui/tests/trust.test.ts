// Whether todos are safe, as the panel tells it: with an account and without one.
import { waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { Conflict } from "../src/bindings/Conflict";
import type { HistoryEntry } from "../src/bindings/HistoryEntry";
import type { SyncStatus } from "../src/bindings/SyncStatus";
import { cloud, signedIn } from "./fake-account";
import { fake, todo } from "./fake-ipc";
import { synced } from "./fake-sync";
import { $, enter, focused, open, press, tabTo } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { editor } from "../src/state/editor.svelte";
import { list } from "../src/state/list.svelte";
import { text } from "../src/text";

const none = (selector: string) => expect(document.querySelector(selector)).toBeNull();
const texts = (selector: string) =>
  Array.from(document.querySelectorAll(selector), (element) => element.textContent);

async function openPanel(status: Partial<SyncStatus> | null, change = () => {}): Promise<void> {
  await open(() => {
    if (status) cloud.become(signedIn());
    synced.become(status);
    change();
  });
  await waitFor(() => expect(list.loaded).toBe(true));
  await press("S", { ctrlKey: true, shiftKey: true });
  await waitFor(() => $("#sync"));
}

const gaveWay = (more: Partial<HistoryEntry>, isBack = false): Conflict => ({
  todo: "todo-1",
  title: "Todo number 1",
  entry: {
    seq: 7,
    field: "title",
    old: "Oat milk",
    new: "Todo number 1",
    at: Date.now() - 5 * 60_000,
    cause: "conflict_lost",
    ...more,
  },
  isBack,
});

beforeEach(() => {
  editor.cancel();
  list.search("");
  list.show("all");
});

test("what waits to be sent is listed, and each leads to its todo, opened", async () => {
  await openPanel({ phase: "offline", unsynced: 102 }, () => {
    fake.todos = Array.from({ length: 102 }, (_, i) =>
      todo(i, { completed: false, standing: { state: "onThisDevice" } }),
    );
  });
  await waitFor(() => expect(texts("[data-waiting]")).toHaveLength(100));
  expect($("#waiting-todos").textContent).toContain("Waiting to be sent (102)");
  expect($("#waiting-todos").textContent).toContain("And 2 more.");
  tabTo("[data-waiting='todo-70'] button");
  await enter();
  await waitFor(() => expect(editor.base?.id).toBe("todo-70"));
  none("#sync");
});

test("an edit that gave way is shown with both values, and comes back by one press", async () => {
  const lost = gaveWay({});
  await openPanel({}, () => (synced.conflicts = [lost]));
  await waitFor(() => $("#conflicts"));
  const item = $("[data-conflict]");
  expect(item.textContent).toContain("Title changed on another device 5 minutes ago");
  expect([$(".mine").textContent, $(".theirs").textContent]).toEqual(["Oat milk", "Todo number 1"]);
  synced.conflicts = [{ ...lost, title: "Oat milk", isBack: true }];
  tabTo(".conflict-restore");
  await enter();
  await waitFor(() => expect(item.textContent).toContain(text.trust.isBack));
  expect(fake.named("restoreHistory").map(({ args }) => args)).toEqual([[7]]);
  none(".conflict-restore");
});

test.each<[Partial<HistoryEntry>, string, string, string]>([
  [{ field: "completed", old: false, new: true }, "Completed on", "Not done", "Done"],
  [{ field: "completed", old: true, new: false }, "Marked as not done on", "Done", "Not done"],
  [{ field: "deletedAt", old: null, new: 5 }, "Deleted on", "Edited it", "Deleted it"],
  [{ field: "description", old: null, new: "two" }, "Description changed on", "None", "two"],
])("what gave way is told in words: %o", async (more, did, mine, theirs) => {
  await openPanel({}, () => (synced.conflicts = [gaveWay(more)]));
  await waitFor(() => expect($("[data-conflict] .when").textContent).toContain(did));
  expect([$(".mine").textContent, $(".theirs").textContent]).toEqual([mine, theirs]);
});

test("the panel follows what sync does, one question at a time", async () => {
  await openPanel({});
  none("#conflicts");
  const before = fake.named("conflicts").length;
  synced.conflicts = [gaveWay({})];
  for (let i = 0; i < 20; i += 1) synced.become({ unsynced: i });
  await waitFor(() => $("#conflicts"));
  expect(fake.named("conflicts").length - before).toBeLessThan(20);
});

test("it says who is signed in and where the todos are, and leads to the doctor and back", async () => {
  await openPanel({});
  expect($("#trust-account").textContent).toContain("Ada Lovelace, ada@example.com");
  expect($("#trust-folder").textContent).toBe("/home/ada/.local/share/dev.clove.todo");
  tabTo("#sync-doctor");
  await enter();
  await waitFor(() => $("#doctor"));
  $<HTMLDialogElement>("#doctor").close();
  await waitFor(() => none("#doctor"));
  $("#sync");
  tabTo("#trust-open-account");
  await enter();
  await waitFor(() => $("#account"));
});

test("without an account it says that everything is here alone, and how to sign in", async () => {
  await openPanel(null);
  none("#sync-button");
  expect($("#sync-headline").textContent).toBe("On this device alone");
  expect($("#trust-folder").textContent).toContain("/home/ada");
  none("#trust-account");
  expect(fake.named("conflicts"), "nothing is asked that means nothing").toEqual([]);
  expect(focused()).toBe("sync-sign-in");
  await enter();
  await waitFor(() => $("#sign-in"));
});
