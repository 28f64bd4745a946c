// Colours, sizes of letters and spans of time have one home: styles/tokens.css.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");
const read = (file: string) => readFileSync(join(src, file), "utf8");
const components = readdirSync(join(src, "components"), { recursive: true, encoding: "utf8" });
const styled = ["styles/base.css", ...components.map((file) => `components/${file}`)]
  .filter((file) => /\.(css|svelte)$/.test(file))
  .map((file) => ({ file, css: file.endsWith(".css") ? read(file) : styleOf(read(file)) }));
const tokens = read("styles/tokens.css");

test.each(styled)("$file takes colours, letters and spans from the tokens", ({ css }) => {
  expect(css.match(/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/gi), "colours").toBeNull();
  const sizes = Array.from(css.matchAll(/font-size:([^;]+);/g), ([, size = ""]) => size.trim());
  for (const size of sizes) expect(size).toMatch(/^(0|inherit|[\d.]+em|var\(--text-\w+\))$/);
  // What appears late waits, and does not move.
  const spans = css.replace(/\b1ms [\d.]+m?s/g, "").match(/(transition|animation)[^;]*\d+m?s/g);
  expect(spans, "spans").toBeNull();
});

test("every token that is used is one that there is", () => {
  const made = new Set(Array.from(tokens.matchAll(/(--[\w-]+):/g), ([, name]) => name));
  // Two are measured by the page: the scroll bar, and a line of the list.
  for (const name of ["--bar", "--row", "--progress"]) made.add(name);
  for (const { file, css } of styled)
    for (const [, name] of css.matchAll(/var\((--[\w-]+)/g))
      expect(made, `${file}: ${name}`).toContain(name);
});

test("where less motion is wished for, every span is next to nothing", () => {
  const spans = Array.from(tokens.matchAll(/(--[\w-]+): \d+ms;/g), ([, name]) => name);
  const [, reduced = ""] = tokens.split("@media (prefers-reduced-motion: reduce)");
  expect(spans.length).toBeGreaterThan(0);
  for (const name of spans) expect(reduced).toMatch(new RegExp(`${name}: [01]ms;`));
});

function styleOf(component: string): string {
  return /<style>([\s\S]*)<\/style>/.exec(component)?.[1] ?? "";
}
