import { expect, test } from "vitest";
import { ranked } from "../src/ranking";

const names = (query: string, ...all: string[]) =>
  ranked(
    query,
    all.map((name) => ({ name })),
  ).map(({ name }) => name);

test.each<[string, string, string[], string[]]>([
  [
    "the beginning of a name comes first",
    "co",
    ["Show completed", "Complete"],
    ["Complete", "Show completed"],
  ],
  [
    "the beginning of a word before its middle",
    "me",
    ["Rename", "Show menu"],
    ["Show menu", "Rename"],
  ],
  [
    "every typed word has to be in it",
    "show c",
    ["Show all", "Show completed", "Check"],
    ["Show completed"],
  ],
  ["in any order", "deleted show", ["Show recently deleted", "Delete"], ["Show recently deleted"]],
  ["case and accents do not matter", "resume", ["Résumé"], ["Résumé"]],
  ["scripts without spaces are found within", "牛乳", ["新しい牛乳"], ["新しい牛乳"]],
  ["equal ones stay in their order", "s", ["Sync", "Settings"], ["Sync", "Settings"]],
  ["nothing typed fits everything", " ", ["b", "a"], ["b", "a"]],
  ["what is nowhere fits nothing", "zzz", ["Sync"], []],
])("%s", (_, query, all, expected) => {
  expect(names(query, ...all)).toEqual(expected);
});

test("other words lead to a name, after its own", () => {
  const all = [{ name: "Settings", also: "preferences options" }, { name: "Prefer this" }];
  expect(ranked("pref", all).map(({ name }) => name)).toEqual(["Prefer this", "Settings"]);
  expect(ranked("ences", all)).toEqual([]);
});
