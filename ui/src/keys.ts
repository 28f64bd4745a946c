// The keyboard map. The handlers and the "?" sheet are both made from this one table.
import type { AppInfo } from "./bindings/AppInfo";
import { text } from "./text";

export type Platform = AppInfo["platform"];

/** Where a key works: everywhere, outside text fields, or on the list alone. */
export type Scope = "anywhere" | "outsideText" | "list";

/** Under which heading a command stands, in the sheet and in the palette. */
export type Group = "todos" | "view" | "app" | "list";

type Binding = {
  command: string;
  group: Group;
  /** Everywhere, unless it is said. */
  scope?: Scope;
  /** "Mod" is Cmd on macOS and Ctrl elsewhere. */
  keys?: readonly string[];
  /** Held down, the key acts again and again. */
  repeats?: true;
};

/** Every command: a line here, a deed in state/commands.ts, and a name in text.ts. */
const table = [
  { command: "add", group: "todos", keys: ["Mod+N"] },
  { command: "toggle", group: "todos", scope: "list", keys: ["Space"] },
  { command: "edit", group: "todos", scope: "list", keys: ["Enter", "F2"] },
  { command: "history", group: "todos", keys: ["Mod+Shift+H"] },
  { command: "delete", group: "todos", scope: "list", keys: ["Delete", "Backspace"] },
  { command: "restore", group: "todos" },
  { command: "undo", group: "todos", scope: "outsideText", keys: ["Mod+Z"], repeats: true },
  {
    command: "redo",
    group: "todos",
    scope: "outsideText",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    repeats: true,
  },
  { command: "search", group: "view", keys: ["Mod+F"] },
  { command: "filterAll", group: "view", keys: ["Mod+1"] },
  { command: "filterActive", group: "view", keys: ["Mod+2"] },
  { command: "filterCompleted", group: "view", keys: ["Mod+3"] },
  { command: "filterDeleted", group: "view", keys: ["Mod+4"] },
  { command: "sortNewest", group: "view" },
  { command: "sortOldest", group: "view" },
  { command: "fold", group: "view" },
  { command: "palette", group: "app", keys: ["Mod+K"] },
  { command: "sync", group: "app", keys: ["Mod+Shift+S"] },
  { command: "syncNow", group: "app" },
  { command: "tryAgain", group: "app" },
  { command: "account", group: "app", keys: ["Mod+Shift+A"] },
  { command: "signIn", group: "app" },
  { command: "signOut", group: "app" },
  { command: "doctor", group: "app" },
  { command: "settings", group: "app", keys: ["Mod+,"] },
  { command: "sheet", group: "app", scope: "outsideText", keys: ["?"] },
  { command: "escape", group: "app", keys: ["Escape"] },
  { command: "import", group: "app" },
  { command: "export", group: "app" },
  { command: "quit", group: "app", keys: ["Mod+Q"] },
  { command: "up", group: "list", scope: "list", keys: ["ArrowUp"], repeats: true },
  { command: "down", group: "list", scope: "list", keys: ["ArrowDown"], repeats: true },
  { command: "extendUp", group: "list", scope: "list", keys: ["Shift+ArrowUp"], repeats: true },
  { command: "extendDown", group: "list", scope: "list", keys: ["Shift+ArrowDown"], repeats: true },
  { command: "selectAll", group: "list", scope: "list", keys: ["Mod+A"] },
  { command: "first", group: "list", scope: "list", keys: ["Home"] },
  { command: "last", group: "list", scope: "list", keys: ["End"] },
  { command: "pageUp", group: "list", scope: "list", keys: ["PageUp"], repeats: true },
  { command: "pageDown", group: "list", scope: "list", keys: ["PageDown"], repeats: true },
] as const satisfies readonly Binding[];

export type Command = (typeof table)[number]["command"];

export const bindings: readonly (Binding & { command: Command })[] = table;

/** What keys and presses do that fields and rows hear themselves, for the sheet alone. */
export const otherKeys = [
  { does: "addTyped", group: "todos", keys: ["Enter"] },
  { does: "saveTitle", group: "todos", keys: ["Enter"] },
  { does: "saveDescription", group: "todos", keys: ["Mod+Enter"] },
  { does: "dropEdit", group: "todos", keys: ["Escape"] },
  { does: "toList", group: "list", keys: ["ArrowDown"] },
  { does: "selectMore", group: "list", keys: ["Mod+Click"] },
  { does: "selectTo", group: "list", keys: ["Shift+Click"] },
] as const satisfies readonly { does: string; group: Group; keys: readonly string[] }[];

export type OtherKey = (typeof otherKeys)[number]["does"];

/** Whether a word from elsewhere (the menu bar, an address, what was kept) names a command. */
export function isCommand(word: unknown): word is Command {
  return bindings.some(({ command }) => command === word);
}

/** The keys of a command. */
export const keysOf = (wanted: Command): readonly string[] =>
  bindings.find(({ command }) => command === wanted)?.keys ?? [];

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
    ({ scope = "anywhere", keys = [] }) => reach[where].includes(scope) && keys.includes(pressed),
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
