// What is kept between runs. A kill leaves a file as it was, or as it was to be.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

export const readText = (path: string, otherwise: string): string =>
  existsSync(path) ? readFileSync(path, "utf8") : otherwise;

export function replaceFile(path: string, content: string): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
