// Which documents a query has read, and whether a commit may have changed its answer.
import { AsyncLocalStorage } from "node:async_hooks";
import { evaluateRangeFilter, tableNameFromId, type RangeFilter } from "convex-test";
import type { Change } from "./database.ts";

/** One document, one index range, or a whole table; `path` is the component's. */
export type Read = { path: string; table: string; id?: string; range?: RangeFilter[] };

const recording = new AsyncLocalStorage<Read[]>();

/** Runs a query's work, and adds what it reads to `reads`. */
export const recordReads = <T>(reads: Read[], work: () => T): T => recording.run(reads, work);

export function recordRead(read: Read): void {
  recording.getStore()?.push(read);
}

export function affects(path: string, changes: Change[], reads: Read[]): boolean {
  return changes.some((change) => {
    const table = tableNameFromId(change.id);
    return reads.some(
      (read) => read.path === path && read.table === table && touches(read, change),
    );
  });
}

function touches({ id, range }: Read, change: Change): boolean {
  if (id !== undefined) return id === change.id;
  if (range === undefined) return true;
  return [change.before, change.after].some(
    (document) => document && range.every((filter) => evaluateRangeFilter(document, filter)),
  );
}
