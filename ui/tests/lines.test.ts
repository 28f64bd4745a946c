import { expect, test } from "vitest";
import { asOne, linesOf, MOST_AT_ONCE, TITLE_MAX } from "../src/lines";

test.each([
  ["milk\nbread", ["milk", "bread"]],
  ["  milk \r\n\r\n\t bread\r", ["milk", "bread"]],
  [
    "- milk\n* bread\n- [ ] eggs\n• cloves\n[ ] salt\n-\n",
    ["milk", "bread", "eggs", "cloves", "salt"],
  ],
  ["a\u2028b\u2029c\u0085d\ve\ff", ["a", "b", "c", "d", "e", "f"]],
  ["-5 degrees\n*really*\n- - twice", ["-5 degrees", "*really*", "- twice"]],
  ["- [x] done before", ["[x] done before"]],
  ["bell\u0007 and\ttab", ["bell and\ttab"]],
  ["\ufeff \n \u00a0 \n", []],
  ["", []],
])("the lines of %j are %j", (text, titles) => {
  expect(linesOf(text)).toEqual({ titles, tooLong: [] });
});

test("a line that is too long is told apart, by characters and not by UTF-16 units", () => {
  const most = "🌿".repeat(TITLE_MAX);
  expect(linesOf(`a\n${most}\n${most}x\nb`)).toEqual({
    titles: ["a", most, "b"],
    tooLong: [`${most}x`],
  });
});

test("10,000 lines are 10,000 titles, in their order", () => {
  const text = Array.from({ length: MOST_AT_ONCE }, (_, i) => `- [ ] todo ${i}`).join("\n");
  const { titles } = linesOf(text);
  expect(titles).toHaveLength(MOST_AT_ONCE);
  expect(titles.at(-1)).toBe("todo 9999");
});

test("as one todo, the first line is the title and the others are its description", () => {
  expect(asOne("\n- Shopping \r\nmilk\r\n\r\nbread\n")).toEqual({
    title: "Shopping",
    description: "milk\n\nbread",
  });
  expect(asOne("only\n")).toEqual({ title: "only", description: null });
});
