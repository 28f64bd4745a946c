import { describe, expect, it } from "vitest";
import { parseDescription, parseTitle } from "../../convex/text";

describe("a title", () => {
  it.each([
    ["is trimmed", "  Buy milk \n", "Buy milk"],
    ["is trimmed of every space of Unicode, and of U+FEFF", "\u3000\u00a0a\u2028\ufeff", "a"],
    ["has its line ends as newlines", "a\r\nb\rc", "a\nb\nc"],
    ["keeps tabs inside", "a\tb", "a\tb"],
    ["has 500 characters", "😀".repeat(500), "😀".repeat(500)],
  ])("%s", (_, typed, value) => expect(parseTitle(typed)).toEqual({ ok: true, value }));

  it.each([
    ["nothing", "", "titleEmpty"],
    ["spaces alone", " \n\ufeff\u3000", "titleEmpty"],
    ["501 characters", "é".repeat(501), "titleTooLong"],
    ["a null", "a\u0000", "controlCharacter"],
    ["a vertical tab at an end, which trimming would hide", "a\u000b", "controlCharacter"],
    ["U+0085, white space to Rust and none to JavaScript", "a\u0085", "controlCharacter"],
    ["delete", "a\u007fb", "controlCharacter"],
    ["half of a character", "a\ud83d", "loneSurrogate"],
  ])("is not %s", (_, typed, code) => expect(parseTitle(typed)).toMatchObject({ ok: false, code }));
});

describe("a description", () => {
  it("of nothing is none", () =>
    expect(parseDescription(" \n")).toEqual({ ok: true, value: null }));
  it("has at most 10,000 characters", () => {
    expect(parseDescription("é".repeat(10_000)).ok).toBe(true);
    expect(parseDescription("é".repeat(10_001))).toMatchObject({ code: "descriptionTooLong" });
  });
});
