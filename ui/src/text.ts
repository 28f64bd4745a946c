// Every word the user reads or hears, in one place, so that another language is another catalogue.
import type { ActionKind } from "./bindings/ActionKind";
import type { Filter } from "./bindings/Filter";
import type { Command } from "./keys";

const locale = "en";
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
// English has two plural forms; a language with more adds them to its own catalogue's calls.
const plural = (n: number, forms: { one: string; other: string }) =>
  (plurals.select(n) === "one" ? forms.one : forms.other).replace("#", numbers.format(n));
const todos = (n: number) => plural(n, { one: "# todo", other: "# todos" });
const quoted = (title: string) => `“${title.length > 60 ? `${title.slice(0, 59)}…` : title}”`;
/** One todo is named, more are counted. */
const named = (titles: string[], count: number) =>
  count === 1 && titles[0] !== undefined ? quoted(titles[0]) : todos(count);

export const text = {
  appName: "Clove",
  count: (n: number) => numbers.format(n),
  todos,

  filters: {
    all: "All",
    active: "Active",
    completed: "Completed",
    deleted: "Recently deleted",
  } satisfies Record<Filter, string>,
  filterGroup: "Show",
  search: "Search",
  clearSearch: "Clear search",
  sortNewest: "Newest first",
  sortOldest: "Oldest first",
  settings: "Settings",
  keyboard: "Keyboard shortcuts",
  keyboardList: "In the list",
  keyboardAnywhere: "Anywhere",
  commands: {
    add: "Add a todo",
    search: "Search",
    undo: "Undo",
    redo: "Redo",
    filterAll: "Show all",
    filterActive: "Show active",
    filterCompleted: "Show completed",
    filterDeleted: "Show recently deleted",
    settings: "Settings",
    sheet: "These shortcuts",
    escape: "Close, cancel, leave search",
    up: "Previous todo",
    down: "Next todo",
    extendUp: "Select upwards",
    extendDown: "Select downwards",
    first: "First todo",
    last: "Last todo",
    pageUp: "One page up",
    pageDown: "One page down",
    toggle: "Complete, or reopen",
    edit: "Edit",
    delete: "Delete",
  } satisfies Record<Command, string>,
  listLabel: (filter: Filter) => `Todos: ${text.filters[filter]}`,
  completedSection: (n: number) => `Completed (${numbers.format(n)})`,

  addPlaceholder: "Add a todo",
  addLabel: "New todo",
  addButton: "Add",
  addReadOnly: "Todos cannot be added while Clove is read-only.",
  quickPlaceholder: "Add a todo…",

  complete: (title: string) => `Complete ${quoted(title)}`,
  delete: (title: string) => `Delete ${quoted(title)}`,
  restore: "Restore",
  restoreTodo: (title: string) => `Restore ${quoted(title)}`,

  editTitle: "Title",
  editDescription: "Description",
  descriptionPlaceholder: "Add a description",
  save: "Save",
  cancel: "Cancel",
  close: "Close",
  dismiss: "Dismiss",
  created: (when: string) => `Created ${when}`,
  edited: (when: string) => `Last edited ${when}`,
  history: "History",
  historyEmpty: "No earlier versions.",
  historyCreated: "Created",
  historyTitle: (old: string) => `Title was ${quoted(old)}`,
  historyDescription: (old: string | null) =>
    old === null ? "Description added" : `Description was ${quoted(old)}`,
  historyCompleted: "Completed",
  historyReopened: "Marked as not done",
  historyDeleted: "Deleted",
  historyRestored: "Brought back",
  historyRemote: "changed on another device",
  historyLost: "this device’s edit gave way to a later one",
  historyRestore: "Restore this version",
  historyRestoredSaid: "The earlier version is back.",

  added: (title: string) => `Added ${quoted(title)}`,
  saved: (title: string) => `Saved ${quoted(title)}`,
  completed: (titles: string[], n: number) => `Completed ${named(titles, n)}`,
  reopened: (titles: string[], n: number) => `Marked ${named(titles, n)} as not done`,
  deleted: (titles: string[], n: number) => `Deleted ${named(titles, n)}`,
  restored: (titles: string[], n: number) => `Restored ${named(titles, n)}`,
  undo: "Undo",
  undone: (kind: ActionKind, titles: string[], n: number) =>
    `Undone: ${deeds[kind]} ${named(titles, n)}`,
  redone: (kind: ActionKind, titles: string[], n: number) =>
    `Redone: ${deeds[kind]} ${named(titles, n)}`,
  skipped: (n: number) =>
    plural(n, {
      one: "# change made since then was kept.",
      other: "# changes made since then were kept.",
    }),
  nothingToUndo: "Nothing to undo",
  nothingToRedo: "Nothing to redo",
  selected: (n: number) => plural(n, { one: "# selected", other: "# selected" }),
  found: (n: number) =>
    n === 0 ? "No todo found" : plural(n, { one: "# todo found", other: "# todos found" }),
  moreFound: (n: number) =>
    `The first ${numbers.format(n)} matches are shown. Type more to narrow them down.`,

  emptyAll: { title: "Nothing to do yet", body: "Write the first todo in the field above." },
  emptyActive: { title: "All done", body: "Nothing is left to do." },
  emptyActiveFirst: {
    title: "Nothing to do yet",
    body: "Write the first todo in the field above.",
  },
  emptyCompleted: { title: "Nothing completed yet", body: "What you tick off is kept here." },
  emptyDeleted: {
    title: "Nothing deleted",
    body: "What you delete waits here, in case you want it back.",
  },
  emptySearch: (query: string) => ({
    title: `Nothing matches ${quoted(query)}`,
    body: "Try fewer letters, or another filter.",
  }),
  hotkeyHint: { before: "From any app, press", after: "to add one." },

  loading: "Loading…",
  listFailed: "The list could not be read.",
  tryAgain: "Try again",
  storeFailedTitle: "Clove could not open your todos",
  storeFailedSafe: "Nothing has been changed. Your todos are kept in this folder:",
  diskFull: "The disk is full. Nothing you typed is lost: free some space and try again.",

  settingsQuickAdd: "Quick add",
  settingsHotkey: "Shortcut",
  settingsHotkeyHelp: "Click the field and press the keys you want.",
  settingsHotkeyNone: "No shortcut",
  settingsHotkeyClear: "Use none",
  settingsHotkeyModifier: (mac: boolean) =>
    `Hold ${mac ? "⌘, ⌃ or ⌥" : "Ctrl or Alt"} together with another key.`,
  settingsHotkeyKey: "This key cannot be part of a shortcut. Choose another.",
  settingsGeneral: "General",
  settingsAutostart: "Start Clove when I log in",
  settingsLogLevel: "Log detail",
  logLevels: {
    error: "Errors only",
    warn: "Warnings",
    info: "Normal",
    debug: "Detailed",
    trace: "Everything",
  },
  settingsAbout: "About",
  settingsVersion: (version: string) => `Clove ${version}`,
  settingsFolder: "Your todos are kept in",

  closeTitle: "Quit Clove?",
  closeBody: "Closing quits Clove: this desktop has no tray, so the shortcut stops working too.",
  closeRemember: "Don’t ask again",
  quit: "Quit",

  brokenCharacter:
    "This text contains a broken character (half of a surrogate pair). Remove it and try again.",
  unexpected: (detail: string) =>
    `Something unexpected went wrong, and nothing was changed.${detail ? ` (${detail})` : ""}`,
};

const deeds: Record<ActionKind, string> = {
  add: "adding",
  edit: "editing",
  complete: "completing",
  reopen: "reopening",
  delete: "deleting",
  restore: "restoring",
};
