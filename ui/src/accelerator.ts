// From pressed keys to the text by which the shell registers a global shortcut.
import type { Platform } from "./keys";

export type Recorded =
  | { kind: "shortcut"; accelerator: string }
  | { kind: "waiting" } // only modifiers so far
  | { kind: "needsModifier" }
  | { kind: "unusable" };

type Press = Pick<KeyboardEvent, "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

export function recorded(press: Press, platform: Platform): Recorded {
  if (/^(Control|Shift|Alt|Meta|OS)/.test(press.code)) return { kind: "waiting" };
  const key = keyName(press.code);
  if (key === null) return { kind: "unusable" };
  const mac = platform === "macos";
  const parts = [
    (mac ? press.metaKey : press.ctrlKey) && "CommandOrControl",
    mac && press.ctrlKey && "Control",
    !mac && press.metaKey && "Super",
    press.altKey && "Alt",
    press.shiftKey && "Shift",
  ].filter((part) => part !== false);
  // A lone letter, or Shift with one, would take that letter away from every other app.
  const strong = parts.some((part) => part !== "Shift");
  if (!strong && !/^F\d+$/.test(key)) return { kind: "needsModifier" };
  return { kind: "shortcut", accelerator: [...parts, key].join("+") };
}

const NAMED = new Set(
  [
    "Space Enter Backspace Delete Insert Home End PageUp PageDown ArrowUp ArrowDown ArrowLeft",
    "ArrowRight Comma Period Slash Semicolon Quote Backquote Minus Equal BracketLeft BracketRight",
    "Backslash",
  ]
    .join(" ")
    .split(" "),
);

/** `code`, not `key`: a shortcut is a place on the keyboard, whatever the layout prints there. */
function keyName(code: string): string | null {
  const simple = /^(?:Key([A-Z])|Digit([0-9])|(F(?:[1-9]|1[0-9]|2[0-4])))$/.exec(code);
  if (simple) return simple[1] ?? simple[2] ?? simple[3] ?? null;
  return NAMED.has(code) ? code : null;
}
