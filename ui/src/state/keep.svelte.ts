// Backups, and files that come and go: what the shell knows of them, and what the person does.
import type { BackupView } from "../bindings/BackupView";
import type { Imported } from "../bindings/Imported";
import type { Restored } from "../bindings/Restored";
import type { SafetyView } from "../bindings/SafetyView";
import * as ipc from "../ipc";
import { text } from "../text";
import { app } from "./app.svelte";
import { undoOf } from "./edits.svelte";
import { toasts } from "./toasts.svelte";

class Keep {
  safety = $state.raw<SafetyView | null>(null);
  /** `null` until they are known. */
  backups = $state.raw<BackupView[] | null>(null);
  /** What was read of a file, while the person is asked about it. */
  file = $state.raw<Imported | null>(null);
  /** The backup that the person is asked about. */
  chosen = $state.raw<BackupView | null>(null);
  /** What bringing it back would do; `null` until that is known. */
  preview = $state.raw<Restored | null>(null);
  /** Why nothing came of the last press. */
  refused = $state<string | null>(null);
  busy = $state(false);

  async start(): Promise<void> {
    await ipc.onSafetyChanged(() => void this.learn());
    await this.learn();
  }

  async learn(): Promise<void> {
    this.safety = await ipc.safety().catch(() => this.safety);
    if (this.backups !== null) await this.list();
  }

  async list(): Promise<void> {
    await this.#try(async () => (this.backups = await ipc.backups()));
  }

  /** Asks about bringing a backup back, once it is known what that means. */
  async choose(backup: BackupView): Promise<void> {
    this.chosen = backup;
    this.preview = null;
    await this.#try(async () => (this.preview = await ipc.previewBackup(backup.name)));
  }

  dismiss(): void {
    this.chosen = null;
    this.refused = null;
  }

  async restore(): Promise<void> {
    const { chosen } = this;
    if (chosen === null) return;
    await this.#try(async () => {
      const restored = await ipc.restoreBackup(chosen.name);
      this.dismiss();
      app.dialog = null;
      toasts.done(text.keep.restored(restored), undoOf(restored.action));
    });
  }

  async import(): Promise<void> {
    await this.#try(async () => {
      const imported = await ipc.confirmImport(true);
      app.dialog = null;
      if (imported) toasts.done(text.keep.imported(imported), undoOf(imported.action));
    });
  }

  async dismissFile(): Promise<void> {
    app.dialog = null;
    this.refused = null;
    await ipc.confirmImport(false).catch(() => null);
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refused = null;
    try {
      await work();
    } catch (refused) {
      this.refused = app.met(refused).message;
    }
    this.busy = false;
  }
}

export const keep = new Keep();

/** Has the person choose a file, and asks about what it holds. */
export async function startImport(): Promise<void> {
  try {
    const file = await ipc.importTodos();
    if (file === null) return;
    keep.file = file;
    keep.refused = null;
    app.dialog = "import";
  } catch (refused) {
    toasts.refused(app.met(refused));
  }
}

/** Has the person choose where all todos are written to. */
export async function startExport(): Promise<void> {
  try {
    const path = await ipc.exportTodos();
    if (path !== null) toasts.done(text.keep.exported(path));
  } catch (refused) {
    toasts.refused(app.met(refused));
  }
}
