// What the window says of backups, of damage, and of files that come and go.
import type { BackupOccasion } from "../bindings/BackupOccasion";
import type { Imported } from "../bindings/Imported";
import type { Restored } from "../bindings/Restored";
import type { SkipReason } from "../bindings/SkipReason";
import { say, sentences } from "../words.svelte";
import { ago, formats, todos } from "./forms";

export const keep = sentences({
  title: "keep-title",
  import: "import-open",
  importHelp: "import-help",
  export: "export-open",
  exported: (path: string) => say("export-done", { path }),
  importTitle: (name: string, added: number, changed: number) =>
    added + changed === 0
      ? say("import-nothing", { name })
      : say("import-question", { name, todos: todos(added + changed) }),
  importBody: "import-undoable",
  importChanged: (n: number) => say("import-changed", { n }),
  skipped: (reason: SkipReason, n: number) => say(skipped[reason], { n }),
  importNow: (n: number) => say("import-now", { todos: todos(n) }),
  imported: ({ added, changed, name }: Imported) =>
    say("import-done", { name, todos: todos(added + changed) }),

  backups: "backup-title",
  backupsHelp: "backup-help",
  noBackups: "backup-none",
  lastBackup: (ms: number) => say("backup-last", { ago: ago(ms) }),
  backupProblem: (reason: string) => say("backup-problem", { reason }),
  occasions: {
    day: "",
    migration: "backup-before-update",
    deletions: "backup-before-deletion",
  } satisfies Record<BackupOccasion, string>,
  holds: (occasion: BackupOccasion, n: number | null, bytes: number) => {
    const held = n === null ? say("backup-unreadable") : todos(n);
    const holds = say("backup-holds", { todos: held, size: size(bytes) });
    const when = keep.occasions[occasion];
    return when === "" ? holds : say("backup-holds-from", { when, holds });
  },
  restore: "backup-restore",
  restoreOf: (when: string) => say("backup-restore-of", { when }),
  restoreTitle: (when: string) => say("backup-restore-question", { when }),
  restoreCounting: "backup-comparing",
  restoreNothing: "backup-restore-nothing",
  /** What exactly will happen. */
  restoreBody: ({ comeBack, goBack }: Restored) =>
    together([
      comeBack > 0 && say("backup-come-back", { n: comeBack }),
      goBack > 0 && say("backup-go-back", { n: goBack }),
      say("backup-deletes-nothing"),
    ]),
  restoreSafe: "backup-restore-safe",
  restoreNow: "backup-restore-now",
  restored: ({ comeBack, goBack }: Restored) =>
    say("backup-restored", { todos: todos(comeBack + goBack) }),

  damaged: "store-damaged",
  repaired: (rescued: number, fromBackup: number, file: string) =>
    together([
      say("store-repaired", { todos: todos(rescued) }),
      fromBackup > 0 && say("store-repaired-backup", { todos: todos(fromBackup) }),
      say("store-repaired-file", { file }),
    ]),
});

const skipped = {
  known: "import-skipped-known",
  empty: "import-skipped-empty",
  heading: "import-skipped-heading",
  deleted: "import-skipped-deleted",
  unreadable: "import-skipped-unreadable",
} satisfies Record<SkipReason, string>;

/** The sentences that there are, one behind the other. */
const together = (parts: (string | false)[]) =>
  parts
    .filter((part) => part !== false)
    .reduce((before, after) => say("keep-sentences", { before, after }));

/** A size in bytes, in the unit that people know for it. */
function size(bytes: number): string {
  const { kilobytes, megabytes } = formats();
  const thousands = Math.max(1, Math.round(bytes / 1_000));
  return thousands < 1_000
    ? kilobytes.format(thousands)
    : megabytes.format(Math.round(thousands / 1_000));
}
