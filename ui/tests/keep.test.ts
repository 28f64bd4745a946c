// Backups, a damaged file, and files that come and go.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { BackupView } from "../src/bindings/BackupView";
import { fake, kept } from "./fake-ipc";
import { $, escape, focused, open } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { app } from "../src/state/app.svelte";
import { startExport, startImport } from "../src/state/keep.svelte";
import { toasts } from "../src/state/toasts.svelte";

const backup = (day: number, more: Partial<BackupView> = {}): BackupView => ({
  name: `this-device-2026-11-${day}.db`,
  occasion: "day",
  madeAt: Date.UTC(2026, 10, day, 12),
  bytes: 51_200,
  todos: day,
  ...more,
});

async function openSettings(change: () => void): Promise<void> {
  await open(change);
  app.dialog = "settings";
  await waitFor(() => $("#settings #import"));
}

test("the backups are listed, each with what it holds", async () => {
  await openSettings(() => {
    kept.backups = [
      backup(24),
      backup(23, { occasion: "deletions", bytes: 4_200_000, todos: 1 }),
      backup(22, { todos: null }),
    ];
    kept.safety = { lastBackup: Date.now() - 7_200_000, problem: null, repair: null };
  });
  await waitFor(() => expect(document.querySelectorAll("#backups li")).toHaveLength(3));
  const [today, before, unreadable] = document.querySelectorAll("#backups li");
  expect(today?.textContent).toContain("24 todos · 51 kB");
  expect(before?.textContent).toContain("Before a large deletion · 1 todo · 4 MB");
  expect(unreadable?.textContent).toContain("It can’t be read");
  expect(unreadable?.querySelector("button")?.getAttribute("aria-disabled")).toBe("true");
  expect($("#last-backup").textContent).toBe("Last backup 2 hours ago.");
  escape("#settings");
});

test("a backup that could not be made says why, and none yet says so", async () => {
  await openSettings(() => {
    kept.safety = { lastBackup: null, problem: "the disk is full", repair: null };
  });
  await waitFor(() => $("#no-backups"));
  expect($("#backup-problem").textContent).toContain("could not be made: the disk is full");
  kept.safety = { lastBackup: Date.now(), problem: null, repair: null };
  fake.emit("safety-changed");
  await waitFor(() => expect($("#last-backup").textContent).toContain("just now"));
  expect(document.querySelector("#backup-problem")).toBeNull();
  escape("#settings");
});

test("restoring says first what will happen, and can be undone", async () => {
  await openSettings(() => {
    kept.backups = [backup(24)];
    kept.preview = { action: 0, comeBack: 12, goBack: 3 };
  });
  await waitFor(() => $(".restore-backup"));
  await fireEvent.click($(".restore-backup"));
  await waitFor(() =>
    expect($("#restore-body").textContent).toBe(
      "12 todos come back. 3 todos go back to how they were. Nothing newer is deleted.",
    ),
  );
  expect(focused(), "the safe answer").toBe("restore-cancel");
  expect(fake.named("restoreBackup")).toEqual([]);
  await fireEvent.click($("#restore-confirm"));
  await waitFor(() => expect(toasts.toast?.message).toBe("Restored 15 todos"));
  expect(app.dialog).toBeNull();
  await fireEvent.click($("#toast-undo"));
  await waitFor(() => expect(fake.named("undo")[0]?.args).toEqual([71]));
});

test("a backup with nothing new says so, and a refusal stays in its dialog", async () => {
  await openSettings(() => (kept.backups = [backup(24)]));
  await waitFor(() => $(".restore-backup"));
  await fireEvent.click($(".restore-backup"));
  await waitFor(() => $("#restore-nothing"));
  expect(document.querySelector("#restore-confirm")).toBeNull();
  escape("#restore-dialog");
  fake.refuse["previewBackup"] = {
    code: "notFound",
    message: "This backup is not there any more.",
  };
  await waitFor(() => expect(document.querySelector("#restore-dialog")).toBeNull());
  await fireEvent.click($(".restore-backup"));
  await waitFor(() => expect($("#restore-dialog").textContent).toContain("not there any more"));
  escape("#restore-dialog");
  escape("#settings");
});

test("a file is asked about before any of it is taken in", async () => {
  await open(() => {
    kept.file = {
      action: 0,
      name: "tasks.txt",
      added: 40,
      changed: 2,
      skipped: [
        { reason: "known", count: 3 },
        { reason: "heading", count: 1 },
      ],
    };
  });
  await startImport();
  await waitFor(() =>
    expect($("#import-dialog h2").textContent).toBe("Import 42 todos from tasks.txt?"),
  );
  expect($("#import-skipped").textContent).toContain("3 are here already");
  expect($("#import-skipped").textContent).toContain("1 heading or rule is left out");
  expect(fake.named("confirmImport")).toEqual([]);
  await fireEvent.click($("#import-confirm"));
  await waitFor(() => expect(toasts.toast?.message).toBe("Imported 42 todos from tasks.txt"));
  expect(fake.named("confirmImport")[0]?.args).toEqual([true]);
  await fireEvent.click($("#toast-undo"));
  await waitFor(() => expect(fake.named("undo")[0]?.args).toEqual([72]));
});

test("a file with nothing in it, and one that was not wanted, change nothing", async () => {
  await open(() => {
    kept.file = { action: 0, name: "a.txt", added: 0, changed: 0, skipped: [] };
  });
  await startImport();
  await waitFor(() =>
    expect($("#import-dialog h2").textContent).toBe("Nothing to import from a.txt"),
  );
  expect(document.querySelector("#import-confirm")).toBeNull();
  await fireEvent.click($("#import-cancel"));
  await waitFor(() => expect(fake.named("confirmImport")[0]?.args).toEqual([false]));
  kept.file = null;
  await startImport();
  expect(app.dialog, "no file was chosen").toBeNull();
  fake.refuse["importTodos"] = { code: "invalid", message: "This is not a text file." };
  await startImport();
  expect(toasts.toast?.message).toBe("This is not a text file.");
});

test("an export says where it is, and nothing where none was wanted", async () => {
  await open();
  await startExport();
  expect(toasts.toast).toBeNull();
  kept.exported = "/home/ada/Clove todos.json";
  await startExport();
  expect(toasts.toast?.message).toBe("Your todos are in /home/ada/Clove todos.json");
});

test("a damaged file is a banner until it is repaired, and then a notice", async () => {
  await open();
  fake.refuse["addTodo"] = { code: "damaged", message: "The file of your todos is damaged." };
  fake.info = { ...fake.info, store: { state: "damaged" } };
  app.met(fake.refuse["addTodo"]);
  await waitFor(() => expect($("#banner").textContent).toContain("Quit Clove and open it again"));
  fake.emit("app-info-changed", { ...fake.info, store: { state: "ready" } });
  await waitFor(() => expect(document.querySelector("#banner")).toBeNull());
  const repair = { rescued: 41, fromBackup: 1, damagedFile: "/data/this-device.damaged.db", at: 5 };
  fake.notices.push({ kind: "repaired", repair });
  fake.emit("notice");
  await waitFor(() =>
    expect($("#notice").textContent).toContain(
      "41 todos could be rescued. 1 todo came from the last backup. The damaged file is kept: /data/this-device.damaged.db",
    ),
  );
});
