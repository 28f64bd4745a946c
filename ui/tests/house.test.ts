// The rules of the house that no compiler checks.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const ui = resolve(import.meta.dirname, "..");
const files = ["src", "tests"].flatMap((folder) =>
  readdirSync(join(ui, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ui, join(entry.parentPath, entry.name))),
);
const sources = files.filter((file) => file.startsWith("src/"));
const read = (file: string) => readFileSync(join(ui, file), "utf8");

/** What is seen, what it is kept in, the shell's edge, and what depends on none of them. */
function layer(file: string): "components" | "state" | "ipc" | "pure" {
  if (file.startsWith("src/components/")) return "components";
  if (file.startsWith("src/state/")) return "state";
  return file.startsWith("src/ipc") ? "ipc" : "pure";
}

const mayImport = {
  components: ["components", "state", "pure"],
  state: ["state", "ipc", "pure"],
  ipc: ["pure"],
  pure: ["pure"],
};

test.each(sources.filter((file) => !/src\/(main|quick-add)\.ts$/.test(file)))(
  "%s imports in the one direction",
  (file) => {
    for (const [, from = ""] of read(file).matchAll(/\bfrom "(\.[^"]+)"/g)) {
      const target = relative(ui, resolve(ui, dirname(file), from));
      expect(mayImport[layer(file)], `${file} imports ${target}`).toContain(layer(target));
    }
  },
);

test("one file alone talks to Tauri", () => {
  const talkers = sources.filter((file) => /from "@tauri-apps\//.test(read(file)));
  expect(talkers).toEqual(["src/ipc.ts"]);
  const windows = sources.filter((file) => /__TAURI/.test(read(file)));
  expect(windows).toEqual([]);
});

test("no file is longer than 400 lines, and the median is short", () => {
  const lengths = files.map((file) => read(file).split("\n").length).sort((a, b) => a - b);
  expect(lengths.at(-1)).toBeLessThanOrEqual(400);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(120);
});

test("nothing that the content security policy forbids is written", () => {
  for (const file of sources.filter((name) => name.endsWith(".svelte"))) {
    const markup = read(file).replace(/<script[\s\S]*?<\/script>/g, "");
    expect(markup, file).not.toMatch(/\sstyle="|\{@html/);
  }
  for (const page of ["index.html", "quick-add.html"]) {
    expect(read(page), page).not.toMatch(/<style|style=|<script(?![^>]*src=)/);
  }
});
