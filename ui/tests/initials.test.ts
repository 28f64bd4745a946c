import { expect, test } from "vitest";
import { initials } from "../src/initials";

test.each([
  ["Ada Lovelace", "AL"],
  ["  augusta ada king ", "AK"],
  ["Plato", "P"],
  ["ada@example.com", "A"],
  ["李 明", "李明"],
  ["👩‍🚀 Sally", "👩‍🚀S"],
  ["", ""],
])("%j is %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
