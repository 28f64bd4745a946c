import { expect, test } from "vitest";
import { highlight, snippet } from "../src/highlight";

const hits = (text: string, query: string) =>
  highlight(text, query)
    .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
    .join("");

test.each([
  ["Buy cloves", "clo", "Buy [clo]ves"],
  ["Buy cloves", "CLOVES buy", "[Buy] [cloves]"],
  ["Café crème", "creme cafe", "[Café] [crème]"],
  ["İstanbul trip", "trip", "İstanbul [trip]"],
  ["🌿 basil", "basil", "🌿 [basil]"],
  ["aaaa", "aa a", "[aaaa]"],
  ["<b>bold</b>", "b>", "<[b>]bold</[b>]"],
  ["買い物に行く", "物に", "買い[物に]行く"],
  ["nothing here", "", "nothing here"],
])("%s searched for %s", (text, query, expected) => {
  expect(hits(text, query)).toBe(expected);
});

test("a description shows the place that was found", () => {
  const long = `${"word ".repeat(60)}needle at last`;
  expect(snippet(long, "needle")).toContain("needle");
  expect(snippet(long, "").length).toBeLessThanOrEqual(160);
  expect(snippet("one\ntwo", "")).toBe("one two");
});
