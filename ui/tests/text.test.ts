import { expect, test } from "vitest";
import { text } from "../src/text";

test("one todo is named, several are counted", () => {
  expect(text.deleted(["Buy cloves"], 1)).toBe("Deleted “Buy cloves”");
  expect(text.deleted(["Buy cloves"], 2)).toBe("Deleted 2 todos");
  expect(text.deleted([], 1)).toBe("Deleted 1 todo");
});

test("numbers have their plural form and their separators", () => {
  expect(text.todos(1)).toBe("1 todo");
  expect(text.todos(0)).toBe("0 todos");
  expect(text.todos(100_000)).toBe("100,000 todos");
  expect(text.skipped(1)).toBe("1 change made since then was kept.");
  expect(text.skipped(2)).toBe("2 changes made since then were kept.");
});

test("a long title is cut where it is quoted", () => {
  expect(text.complete("x".repeat(500)).length).toBeLessThan(80);
});
