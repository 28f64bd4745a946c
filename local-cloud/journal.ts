// What is kept between runs: an append-only file of JSON lines, and a file replaced as a whole.
import { closeSync, existsSync, openSync, readFileSync, renameSync, truncateSync } from "node:fs";
import { writeFileSync, writeSync } from "node:fs";

/** One line for each commit. A process that is killed loses at most the line it was writing. */
export class Journal {
  readonly #path: string;
  #file: number | null;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "a", 0o600);
  }

  /** All whole lines; a last line without its end is cut off, so that the next one starts cleanly. */
  read(): unknown[] {
    const bytes = readFileSync(this.#path);
    const end = bytes.lastIndexOf(10) + 1;
    if (end < bytes.length) truncateSync(this.#path, end);
    const lines = bytes.toString("utf8", 0, end).split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as unknown);
  }

  /** Once closed, nothing: a function that still runs when the cloud stops has not committed. */
  append(entry: unknown): void {
    if (this.#file === null) return;
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Replaces all lines in one step. */
  rewrite(entries: unknown[]): void {
    this.close();
    replaceFile(this.#path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    this.#file = openSync(this.#path, "a", 0o600);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

export function replaceFile(path: string, content: string): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function readJson<T>(path: string, otherwise: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : otherwise;
}
