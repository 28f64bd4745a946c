// How sync stands, as a person meets it: the real window over the contract's fake.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SyncStatus } from "../src/bindings/SyncStatus";
import type { TodoRow } from "../src/bindings/TodoRow";
import { cloud, signedIn } from "./fake-account";
import { fake } from "./fake-ipc";
import { synced } from "./fake-sync";
import { $, enter, escape, focused, open, press } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { app } from "../src/state/app.svelte";
import { list } from "../src/state/list.svelte";
import { sync } from "../src/state/sync.svelte";
import { toasts } from "../src/state/toasts.svelte";

/** Opens the window on an account whose sync stands so. */
const openSynced = (status: Partial<SyncStatus> = {}, change: () => void = () => undefined) =>
  open(() => {
    list.show("all");
    cloud.become(signedIn());
    synced.become(status);
    change();
  });
const openPanel = async () => {
  await press("S", { ctrlKey: true, shiftKey: true });
  await waitFor(() => $("#sync"));
};
const panel = () => $("#sync").textContent;
const button = () => $("#sync-button");
const change = (id: string, more: Partial<TodoRow>) =>
  (fake.todos = fake.todos.map((row) => (row.id === id ? { ...row, ...more } : row)));
const none = (selector: string) => expect(document.querySelector(selector)).toBeNull();

beforeEach(() => {
  toasts.said = "";
});
afterEach(() => {
  vi.useRealTimers();
});

test.each<[string, Partial<SyncStatus>, string, string, string]>([
  ["in sync", {}, "synced", "Sync: up to date", ""],
  ["busy", { phase: "syncing", unsynced: 2 }, "syncing", "Sync: syncing", ""],
  [
    "without a network",
    { phase: "offline", unsynced: 2 },
    "offline",
    "Sync: offline, 2 todos wait",
    "Offline · 2 waiting",
  ],
  [
    "without a network, and nothing to send",
    { phase: "offline" },
    "offline",
    "Sync: offline",
    "Offline",
  ],
  [
    "between two tries",
    { phase: "waiting", unsynced: 1, problem: "The server can't be reached." },
    "offline",
    "Sync: offline, 1 todo waits",
    "Offline · 1 waiting",
  ],
  [
    "in a try after one that failed",
    { phase: "syncing", problem: "The server can't be reached." },
    "offline",
    "Sync: offline",
    "Offline",
  ],
  [
    "without a session",
    { phase: "signInNeeded" },
    "signInNeeded",
    "Sync: sign in again",
    "Sign in again",
  ],
  [
    "with a todo set aside",
    { unsynced: 1, setAside: 1 },
    "setAside",
    "Sync: connected, 1 todo not taken",
    "1 not synced",
  ],
  [
    "offline with a todo set aside",
    { phase: "offline", unsynced: 3, setAside: 1 },
    "offline",
    "Sync: offline, 2 todos wait, 1 todo not taken",
    "Offline · 2 waiting",
  ],
])("%s, the header says so", async (_, status, stand, label, words) => {
  await openSynced(status);
  await waitFor(() => expect(button().classList).toContain(stand));
  expect(button().getAttribute("aria-label")).toBe(label);
  expect(button().querySelector(".short")?.textContent ?? "").toBe(words);
});

test("the panel says when it last synced, and goes on saying so", async () => {
  await openSynced({ syncedAt: Date.now() - 5 * 60_000 });
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  await openPanel();
  expect($("#sync-headline").textContent).toBe("Up to date");
  expect($("#sync-since").textContent).toBe("Last synced 5 minutes ago.");
  vi.advanceTimersByTime(60_000);
  await tick();
  expect($("#sync-since").textContent).toBe("Last synced 6 minutes ago.");
  expect(focused()).toBe("sync-now");
  await enter();
  expect(fake.named("syncNow")).toHaveLength(1);
});

test("a try that failed is told in its own words, and that nothing is lost", async () => {
  await openSynced({ phase: "waiting", unsynced: 2, problem: "The server can't be reached." });
  await openPanel();
  expect($("#sync-problem").textContent).toBe("The server can't be reached.");
  expect($("#sync-waiting").textContent).toBe("2 todos wait to be sent.");
  expect(panel()).toContain("Clove tries again by itself");
});

test("without a network, to sync now is no choice", async () => {
  await openSynced({ phase: "offline", syncedAt: null });
  await openPanel();
  expect($("#sync-now").getAttribute("aria-disabled")).toBe("true");
  expect($("#sync-since").textContent).toBe("Not synced yet.");
});

test("todos of a newer Clove are counted", async () => {
  await openSynced({ unread: 2 });
  await openPanel();
  expect($("#sync-unread").textContent).toContain("2 todos were written by a newer Clove");
});

test("where the session ended, a press begins the sign-in", async () => {
  await openSynced({ phase: "signInNeeded", unsynced: 1 });
  await openPanel();
  expect(focused()).toBe("sync-sign-in");
  none("#sync-now");
  await enter();
  await waitFor(() => expect(fake.named("signIn")[0]?.args).toEqual(["signIn"]));
  await waitFor(() => $("#account"));
});

test("what the account did not take is there with why, and can be tried again", async () => {
  await openSynced({}, () => synced.refuse("todo-0", "todo-1"));
  await openPanel();
  await waitFor(() => expect(document.querySelectorAll("[data-aside]")).toHaveLength(2));
  expect($("[data-aside='todo-0']").textContent).toContain("The account refused todo-0.");
  await fireEvent.click($("[data-aside='todo-0'] .aside-retry"));
  expect(fake.named("tryAgain")[0]?.args).toEqual([["todo-0"]]);
  await waitFor(() => expect(document.querySelectorAll("[data-aside]")).toHaveLength(1));
  synced.refuse("todo-0", "todo-1");
  await waitFor(() => expect(document.querySelectorAll("[data-aside]")).toHaveLength(2));
  await fireEvent.click($("#try-all-again"));
  expect(fake.named("tryAgain")[1]?.args).toEqual([null]);
  synced.become({});
  await waitFor(() => none("#set-aside"));
});

test("the text of a todo that was not taken can be copied", async () => {
  const writeText = vi.fn();
  vi.stubGlobal("navigator", { ...navigator, userAgent: "", clipboard: { writeText } });
  await openSynced({}, () => {
    change("todo-0", { description: "two of them" });
    synced.refuse("todo-0");
  });
  await openPanel();
  await waitFor(() => $("#copy-todo-0"));
  await fireEvent.click($("#copy-todo-0"));
  await waitFor(() => expect(writeText).toHaveBeenCalledWith("Todo number 0\n\ntwo of them"));
  await waitFor(() => expect(panel()).toContain("Text copied"));
});

test("what could not be noted is said in the panel", async () => {
  await openSynced({}, () => synced.refuse("todo-0"));
  await openPanel();
  await waitFor(() => $(".aside-retry"));
  fake.refuse["tryAgain"] = { code: "diskFull", message: "The disk is full." };
  await fireEvent.click($(".aside-retry"));
  await waitFor(() => expect($("#sync-problem").textContent).toBe("The disk is full."));
});

test("the first sync shows how far it is, where the empty list would be and in the panel", async () => {
  await openSynced({ phase: "syncing", syncedAt: null }, () => (fake.todos = []));
  await waitFor(() => $("#first-sync"));
  const bar = () => $<HTMLProgressElement>("#first-sync progress");
  expect(bar().hasAttribute("value"), "nobody knows yet").toBe(false);
  none("#empty");
  synced.become({
    phase: "syncing",
    syncedAt: null,
    firstSync: { rows: 500, rev: 1000, of: 4000 },
  });
  await waitFor(() => expect($("#first-sync").textContent).toContain("500 of about 2,000 todos"));
  expect([bar().value, bar().max]).toEqual([1000, 4000]);
  await openPanel();
  expect(panel()).toContain("500 of about 2,000 todos");
  escape("#sync");
  synced.become({});
  await waitFor(() => $("#empty"));
  none("#first-sync");
});

test("while the first rows are shown, what is still to come is told above them", async () => {
  await openSynced({ phase: "syncing", syncedAt: null, firstSync: { rows: 3, rev: 3, of: 9 } });
  await waitFor(() => expect($("#first-sync").textContent).toContain("3 of about 9 todos"));
  expect(document.querySelectorAll("[data-todo-id]"), "one is folded away").toHaveLength(2);
});

test("a row has a mark only where there is something to say", async () => {
  await openSynced({ unsynced: 2, setAside: 1 }, () => {
    change("todo-0", { standing: { state: "onThisDevice" } });
    change("todo-1", { standing: { state: "setAside", code: "x", message: "Too long." } });
  });
  const mark = (id: string) =>
    document.querySelector(`[data-todo-id='${id}'] .row-sync`)?.getAttribute("aria-label");
  await waitFor(() => expect(mark("todo-0")).toBe("Waits to be synced"));
  expect(mark("todo-1")).toBe("Not synced: Too long.");
  expect(mark("todo-2")).toBeUndefined();
  synced.become(null);
  await waitFor(() => none(".row-sync"));
});

test("an open todo says how it stands, and follows it", async () => {
  await openSynced({ unsynced: 1 }, () => (synced.standings["todo-0"] = { state: "onThisDevice" }));
  $("#list").focus();
  await press("Home");
  await press("Enter");
  await waitFor(() => expect($("#edit-standing").textContent).toContain("On this device"));
  synced.standings["todo-0"] = { state: "sending" };
  synced.become({ phase: "syncing", unsynced: 1 });
  await waitFor(() => expect($("#edit-standing").textContent).toContain("On its way"));
  synced.standings["todo-0"] = { state: "setAside", code: "x", message: "Too long." };
  synced.become({ unsynced: 1, setAside: 1 });
  await waitFor(() => expect($("#edit-standing").textContent).toContain("Too long."));
  await fireEvent.click($("#edit-standing button"));
  expect(fake.named("tryAgain")[0]?.args).toEqual([["todo-0"]]);
  await press("Escape");
});

test("what lasts is said aloud once; what passes is not", async () => {
  await openSynced();
  await waitFor(() => expect(sync.stand).toBe("synced"));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const become = async (status: Partial<SyncStatus>) => {
    synced.become(status);
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  };
  await become({ phase: "waiting", problem: "x" });
  vi.advanceTimersByTime(1_000);
  await become({});
  vi.advanceTimersByTime(10_000);
  expect(toasts.said, "it was back before it was told").toBe("");
  await become({ phase: "waiting", problem: "x" });
  vi.advanceTimersByTime(1_000);
  await become({ phase: "syncing", problem: "x" });
  vi.advanceTimersByTime(1_000);
  expect(toasts.said).toContain("Offline. Edits stay on this device.");
  toasts.said = "";
  await become({ phase: "syncing", problem: "x", unsynced: 1 });
  vi.advanceTimersByTime(10_000);
  expect(toasts.said, "once is enough").toBe("");
  await become({ phase: "syncing" });
  await become({});
  vi.advanceTimersByTime(2_000);
  expect(toasts.said).toContain("Synced again.");
});

test("however often it changes, one question is open at a time", async () => {
  await openSynced();
  const before = fake.named("syncStatus").length;
  let answer = () => {};
  fake.gate = new Promise((resolve) => (answer = () => resolve()));
  for (let rows = 0; rows < 500; rows += 1) synced.become({ unsynced: rows });
  expect(fake.named("syncStatus").length - before).toBe(1);
  fake.gate = null;
  answer();
  await waitFor(() => expect(sync.status?.unsynced).toBe(499));
  expect(fake.named("syncStatus").length - before).toBe(2);
});

test("an account that goes takes its panel along", async () => {
  await openSynced();
  await openPanel();
  synced.become(null);
  await waitFor(() => expect(app.dialog).toBeNull());
  none("#sync-button");
});
