import { expect, test } from "vitest";
import { recorded } from "../src/accelerator";
import { asShown, bindings, capsOf, commandFor, type Press, type Scope } from "../src/keys";
import { text } from "../src/text";

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  ...held,
});
const ctrl = { ctrlKey: true };

test.each<[string, Press, Scope, string | null]>([
  ["Ctrl+N in a field", press("n", ctrl), "anywhere", "add"],
  ["Ctrl+Shift+A in a field", press("A", { ...ctrl, shiftKey: true }), "anywhere", "account"],
  ["Ctrl+K in a field", press("k", ctrl), "anywhere", "palette"],
  ["Ctrl+Q in a field", press("q", ctrl), "anywhere", "quit"],
  ["Ctrl+A is the field's own", press("a", ctrl), "anywhere", null],
  ["Ctrl+Shift+Z", press("Z", { ...ctrl, shiftKey: true }), "list", "redo"],
  ["Ctrl+Y", press("y", ctrl), "list", "redo"],
  ["Ctrl+Z with Caps Lock", press("Z", ctrl), "list", "undo"],
  ["Ctrl+Z in a field is the field's own", press("z", ctrl), "anywhere", null],
  ["Delete on the list", press("Delete"), "list", "delete"],
  ["Delete in a field", press("Delete"), "anywhere", null],
  ["Delete beside the list", press("Delete"), "outsideText", null],
  ["Space in a field", press(" "), "anywhere", null],
  ["? with the Shift it takes", press("?", { shiftKey: true }), "list", "sheet"],
  ["? in a field", press("?", { shiftKey: true }), "anywhere", null],
  ["Shift+Down selects", press("ArrowDown", { shiftKey: true }), "list", "extendDown"],
  ["Alt+Down is not ours", press("ArrowDown", { altKey: true }), "list", null],
  ["a held Down goes on", press("ArrowDown", { repeat: true }), "list", "down"],
  ["a held Delete does not", press("Delete", { repeat: true }), "list", null],
])("%s", (_, pressed, where, command) => {
  expect(commandFor(pressed, "linux", where)).toBe(command);
});

test("macOS has Cmd where others have Ctrl", () => {
  expect(commandFor(press("f", { metaKey: true }), "macos", "list")).toBe("search");
  expect(commandFor(press("f", ctrl), "macos", "list")).toBeNull();
  expect(capsOf("Mod+Shift+Z", "macos")).toEqual(["⌘", "⇧", "Z"]);
  expect(capsOf("Mod+Shift+Z", "windows")).toEqual(["Ctrl", "Shift", "Z"]);
  expect(asShown("CommandOrControl+Shift+Space", "macos")).toBe("⌘⇧Space");
  expect(asShown("CommandOrControl+Shift+Space", "linux")).toBe("Ctrl+Shift+Space");
});

test("no key means two things, and every command is named for the sheet", () => {
  const keys = bindings.flatMap((binding) => binding.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { command } of bindings) expect(text.commands[command]).toBeTruthy();
});

test.each([
  ["Space", { ctrlKey: true, shiftKey: true }, "linux", "CommandOrControl+Shift+Space"],
  ["Space", { metaKey: true, shiftKey: true }, "macos", "CommandOrControl+Shift+Space"],
  ["KeyK", { ctrlKey: true }, "macos", "Control+K"],
  ["Digit1", { metaKey: true, altKey: true }, "windows", "Super+Alt+1"],
  ["F9", {}, "linux", "F9"],
] as const)("%s with %o on %s is %s", (code, held, platform, accelerator) => {
  expect(recorded({ ...press(""), ...held, code }, platform)).toEqual({
    kind: "shortcut",
    accelerator,
  });
});

test("a shortcut takes no plain letter away from other apps", () => {
  const kind = (code: string, held: Partial<Press> = {}) =>
    recorded({ ...press("", held), code }, "linux").kind;
  expect(kind("KeyA")).toBe("needsModifier");
  expect(kind("KeyA", { shiftKey: true })).toBe("needsModifier");
  expect(kind("ShiftLeft", { shiftKey: true })).toBe("waiting");
  expect(kind("MediaPlayPause", ctrl)).toBe("unusable");
});
