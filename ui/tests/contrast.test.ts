// WCAG 2.2 AA, calculated from the colours in tokens.css for light and for dark.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");
const css = readFileSync(join(src, "styles/tokens.css"), "utf8");
const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");

const themes = {
  light: colours(light),
  dark: { ...colours(light), ...colours(dark.split("@media")[0] ?? "") },
};

// [foreground, background, least ratio]: 4.5 for text, 3 for what is only seen (1.4.3, 1.4.11).
const pairs: [string, string, number][] = [
  ["ink", "bg", 4.5],
  ["ink", "surface", 4.5],
  ["ink", "hover", 4.5],
  ["ink", "accent-wash", 4.5],
  ["ink-soft", "bg", 4.5],
  ["ink-soft", "surface", 4.5],
  ["ink-soft", "hover", 4.5],
  ["ink-soft", "accent-wash", 4.5],
  ["accent-text", "bg", 4.5],
  ["accent-text", "surface", 4.5],
  ["accent-text", "hover", 4.5],
  ["accent-text", "accent-wash", 4.5],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-hover", 4.5],
  ["danger", "bg", 4.5],
  ["danger", "surface", 4.5],
  ["danger", "hover", 4.5],
  ["on-danger", "danger", 4.5],
  ["warn-text", "warn-wash", 4.5],
  ["toast-text", "toast", 4.5],
  ["toast-accent", "toast", 4.5],
  ["toast-text", "toast-error", 4.5],
  ["focus", "bg", 3],
  ["focus", "surface", 3],
  ["focus", "hover", 3],
  ["focus", "accent-wash", 3],
  ["toast-text", "toast-hover", 4.5],
  ["toast-accent", "toast-hover", 4.5],
  ["ink", "line-soft", 4.5],
  ["danger", "line-soft", 3],
  ["danger", "accent-wash", 3],
  ["accent", "bg", 3],
  ["accent", "surface", 3],
  ["accent", "hover", 3],
  ["accent", "accent-wash", 3],
  ["accent", "line-soft", 3],
  ["line-strong", "bg", 3],
  ["line-strong", "surface", 3],
  ["line-strong", "hover", 3],
  ["line-strong", "accent-wash", 3],
];

/** Grounds on which no word stands: the way that progress has gone, lines, what lies behind a dialog. */
const wordless = new Set(["accent-line", "line-strong", "veil"]);

for (const [name, theme] of Object.entries(themes)) {
  test.each(pairs)(`${name}: %s on %s has at least %f`, (front, back, least) => {
    const ratio = contrast(theme[front] ?? "", theme[back] ?? "");
    expect(ratio).toBeGreaterThanOrEqual(least);
  });
}

test("every colour that words or their ground have is in the table", () => {
  const [fronts, backs] = [0, 1].map((side) => new Set(pairs.map((pair) => pair[side])));
  const files = readdirSync(src, { recursive: true, encoding: "utf8" });
  for (const file of files.filter(
    (name) => /\.(svelte|css)$/.test(name) && !name.endsWith("tokens.css"),
  )) {
    const source = readFileSync(join(src, file), "utf8");
    for (const [, property, token] of source.matchAll(
      /[\s;](color|background): var\(--([\w-]+)\)/g,
    )) {
      const known = property === "color" ? fronts : backs;
      expect(
        known?.has(token ?? "") || wordless.has(token ?? ""),
        `${file}: ${property} ${token}`,
      ).toBe(true);
    }
  }
});

function colours(block: string): Record<string, string> {
  const found = block.matchAll(/--([\w-]+): (#[0-9a-f]{6})([0-9a-f]{2})?;/g);
  const plain: Record<string, string> = {};
  for (const [, name = "", value = "", alpha] of found) {
    // What is not opaque lies on the toast.
    plain[name] = alpha === undefined ? value : blend(value, alpha, plain["toast"] ?? "");
  }
  return plain;
}

function blend(front: string, alpha: string, back: string): string {
  const part = parseInt(alpha, 16) / 255;
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [front, back].map((colour) => parseInt(colour.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(a * part + b * (1 - part))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
