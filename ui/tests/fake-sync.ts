// Sync's half of the shell as the tests have it: it stands as a test says.
import type { Conflict } from "../src/bindings/Conflict";
import type { SyncStatus } from "../src/bindings/SyncStatus";
import type { TodoStanding } from "../src/bindings/TodoStanding";
import { answer, fake } from "./fake-ipc";

const calm = (): SyncStatus => ({
  phase: "idle",
  unsynced: 0,
  setAside: 0,
  unread: 0,
  syncedAt: Date.now(),
  firstSync: null,
  problem: null,
});

export const synced = {
  status: null as SyncStatus | null,
  standings: {} as Record<string, TodoStanding>,
  conflicts: [] as Conflict[],

  reset(): void {
    synced.status = null;
    synced.standings = {};
    synced.conflicts = [];
  },

  /** Changes how sync stands as the shell does, which then says that something changed. */
  become(status: Partial<SyncStatus> | null): void {
    synced.status = status && { ...calm(), ...status };
    fake.emit("sync-changed");
  },

  /** The account did not take these of the todos. */
  refuse(...ids: string[]): void {
    const standing = (id: string): TodoStanding => ({
      state: "setAside",
      code: "x",
      message: `The account refused ${id}.`,
    });
    fake.todos = fake.todos.map((row) =>
      ids.includes(row.id) ? { ...row, standing: standing(row.id) } : row,
    );
    synced.become({ unsynced: ids.length, setAside: ids.length });
    fake.emit("todos-changed");
  },
};

export const syncStatus = () => answer("syncStatus", [], () => structuredClone(synced.status));
export const syncNow = () => answer("syncNow", [], () => null);
export const standing = (id: string) =>
  answer("standing", [id], () => synced.standings[id] ?? ({ state: "synced" } as const));
export const setAside = () =>
  answer("setAside", [], () =>
    fake.todos.filter((row) => row.standing?.state === "setAside").slice(0, 100),
  );
export const tryAgain = (ids: string[] | null) =>
  answer("tryAgain", [ids], () => {
    fake.todos = fake.todos.map((row) =>
      ids === null || ids.includes(row.id) ? { ...row, standing: { state: "onThisDevice" } } : row,
    );
    return null;
  });
export const waitingTodos = () =>
  answer("waitingTodos", [], () =>
    fake.todos.filter((row) => row.standing?.state === "onThisDevice").slice(0, 100),
  );
export const conflicts = (limit: number) =>
  answer("conflicts", [limit], () => synced.conflicts.slice(0, limit));
