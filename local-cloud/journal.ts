// What is kept between runs: an append-only file of JSON lines, and a file replaced as a whole.
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** One line for each commit. A process that is killed loses at most the line it was writing. */
export class Journal<Entry> {
  #isOpen = true;

  constructor(private readonly path: string) {}

  /** All lines; what a kill left half written is none. */
  read(): Entry[] {
    if (!existsSync(this.path)) return [];
    const lines = readFileSync(this.path, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Entry);
  }

  /** Replaces all lines in one step. */
  rewrite(entries: Entry[]): void {
    replaceFile(this.path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  }

  append(entry: Entry): void {
    if (this.#isOpen) appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
  }

  /** A function that still runs when the cloud stops has not committed. */
  close(): void {
    this.#isOpen = false;
  }
}

export function replaceFile(path: string, content: string): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function readJson<T>(path: string, otherwise: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : otherwise;
}
