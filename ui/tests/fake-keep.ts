// Backups and files, as the tests have them.
import type { BackupView } from "../src/bindings/BackupView";
import type { Imported } from "../src/bindings/Imported";
import type { Restored } from "../src/bindings/Restored";
import type { SafetyView } from "../src/bindings/SafetyView";
import { answer, fake } from "./fake-ipc";

export const kept = {
  safety: { lastBackup: null, problem: null, repair: null } as SafetyView,
  backups: [] as BackupView[],
  preview: { action: 0, comeBack: 0, goBack: 0 } as Restored,
  file: null as Imported | null,
  exported: null as string | null,

  reset(): void {
    kept.safety = { lastBackup: null, problem: null, repair: null };
    kept.backups = [];
    kept.preview = { action: 0, comeBack: 0, goBack: 0 };
    kept.file = null;
    kept.exported = null;
  },
};

export const safety = () => answer("safety", [], () => kept.safety);
export const backups = () => answer("backups", [], () => kept.backups);
export const previewBackup = (name: string) => answer("previewBackup", [name], () => kept.preview);
export const restoreBackup = (name: string) =>
  answer("restoreBackup", [name], (): Restored => ({ ...kept.preview, action: 71 }));
export const importTodos = () => answer("importTodos", [], () => kept.file);
export const confirmImport = (wanted: boolean) =>
  answer("confirmImport", [wanted], () =>
    wanted && kept.file ? { ...kept.file, action: 72 } : null,
  );
export const exportTodos = () => answer("exportTodos", [], () => kept.exported);
export const onSafetyChanged = (heard: () => void) => {
  fake.listeners["safety-changed"] = heard;
  return Promise.resolve(() => undefined);
};
