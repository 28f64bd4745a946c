// The keyboard map. The handlers and the "?" sheet are both made from this one table.
import type { AppInfo } from "./bindings/AppInfo";
import { text } from "./text";

export type Platform = AppInfo["platform"];

/** Where a key works: everywhere, outside text fields, or on the list alone. */
export type Scope = "anywhere" | "outsideText" | "list";

export type Command =
  | "add"
  | "search"
  | "undo"
  | "redo"
  | "filterAll"
  | "filterActive"
  | "filterCompleted"
  | "filterDeleted"
  | "account"
  | "sync"
  | "settings"
  | "sheet"
  | "escape"
  | "up"
  | "down"
  | "extendUp"
  | "extendDown"
  | "selectAll"
  | "first"
  | "last"
  | "pageUp"
  | "pageDown"
  | "toggle"
  | "edit"
  | "history"
  | "delete";

type Binding = {
  command: Command;
  scope: Scope;
  /** "Mod" is Cmd on macOS and Ctrl elsewhere. */
  keys: string[];
  /** Held down, the key acts again and again. */
  repeats?: true;
};

export const bindings: Binding[] = [
  { command: "add", scope: "anywhere", keys: ["Mod+N"] },
  { command: "search", scope: "anywhere", keys: ["Mod+F"] },
  { command: "undo", scope: "outsideText", keys: ["Mod+Z"], repeats: true },
  {
    command: "redo",
    scope: "outsideText",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    repeats: true,
  },
  { command: "filterAll", scope: "anywhere", keys: ["Mod+1"] },
  { command: "filterActive", scope: "anywhere", keys: ["Mod+2"] },
  { command: "filterCompleted", scope: "anywhere", keys: ["Mod+3"] },
  { command: "filterDeleted", scope: "anywhere", keys: ["Mod+4"] },
  { command: "account", scope: "anywhere", keys: ["Mod+Shift+A"] },
  { command: "sync", scope: "anywhere", keys: ["Mod+Shift+S"] },
  { command: "settings", scope: "anywhere", keys: ["Mod+,"] },
  { command: "sheet", scope: "outsideText", keys: ["?"] },
  { command: "escape", scope: "anywhere", keys: ["Escape"] },
  { command: "up", scope: "list", keys: ["ArrowUp"], repeats: true },
  { command: "down", scope: "list", keys: ["ArrowDown"], repeats: true },
  {
    command: "extendUp",
    scope: "list",
    keys: ["Shift+ArrowUp"],
    repeats: true,
  },
  {
    command: "extendDown",
    scope: "list",
    keys: ["Shift+ArrowDown"],
    repeats: true,
  },
  { command: "selectAll", scope: "list", keys: ["Mod+A"] },
  { command: "first", scope: "list", keys: ["Home"] },
  { command: "last", scope: "list", keys: ["End"] },
  { command: "pageUp", scope: "list", keys: ["PageUp"], repeats: true },
  { command: "pageDown", scope: "list", keys: ["PageDown"], repeats: true },
  { command: "toggle", scope: "list", keys: ["Space"] },
  { command: "edit", scope: "list", keys: ["Enter", "F2"] },
  { command: "history", scope: "anywhere", keys: ["Mod+Shift+H"] },
  { command: "delete", scope: "list", keys: ["Delete", "Backspace"] },
];

/** What of a KeyboardEvent decides. */
export type Press = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey" | "repeat"
>;

const reach: Record<Scope, Scope[]> = {
  anywhere: ["anywhere"],
  outsideText: ["anywhere", "outsideText"],
  list: ["anywhere", "outsideText", "list"],
};

/** The command a key press means where the focus is, or null if the key is not Clove's. */
export function commandFor(press: Press, platform: Platform, where: Scope): Command | null {
  const pressed = combination(press, platform);
  const found = bindings.find(
    ({ scope, keys }) => reach[where].includes(scope) && keys.includes(pressed),
  );
  return found && (!press.repeat || found.repeats) ? found.command : null;
}

function combination(press: Press, platform: Platform): string {
  const mac = platform === "macos";
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other || press.altKey) return "";
  const key = press.key === " " ? "Space" : press.key;
  const name = key.length === 1 ? key.toUpperCase() : key;
  // On many layouts "?" itself needs Shift, so Shift only counts where it is not part of the character.
  const shift = press.shiftKey && !/^[^A-Z0-9]$/.test(name);
  return [mod && "Mod", shift && "Shift", name].filter(Boolean).join("+");
}

/** True while an input method is composing: its Enter and Escape are not ours. */
export function isComposing(event: KeyboardEvent): boolean {
  // WebKit ends a composition before the keydown of its Enter, and marks that one with 229 alone.
  return event.isComposing || event.keyCode === 229;
}

const arrows: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓" };
const macSymbols: Record<string, string> = {
  Mod: "⌘",
  CommandOrControl: "⌘",
  Control: "⌃",
  Alt: "⌥",
  Shift: "⇧",
  Super: "⌘",
};

/** A global shortcut as people write it: Ctrl+Shift+Space, or ⌘⇧Space. */
export function asShown(accelerator: string, platform: Platform): string {
  return capsOf(accelerator, platform).join(platform === "macos" ? "" : "+");
}

/** The single caps of a combination, as they are printed on the user's keyboard. */
export function capsOf(combo: string, platform: Platform): string[] {
  const symbols = platform === "macos" ? { ...arrows, ...macSymbols } : arrows;
  const printed: Record<string, string> = text.keys;
  return combo.split("+").map((part) => symbols[part] ?? printed[part] ?? part);
}
