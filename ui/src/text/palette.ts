// What the window says of its commands, of where the todos are, and at the first run.
import type { Command, Group, OtherKey } from "../keys";
import { say, sentences } from "../words.svelte";
import { ago, quoted } from "./forms";

/** The names of the commands that are not in the list's own catalogue. */
export const commands = {
  history: "command-history",
  restore: "command-restore",
  sortNewest: "command-sort-newest",
  sortOldest: "command-sort-oldest",
  fold: "command-fold",
  palette: "command-palette",
  syncNow: "command-sync-now",
  tryAgain: "command-try-again",
  signIn: "command-sign-in",
  signOut: "command-sign-out",
  doctor: "command-doctor",
  import: "command-import",
  export: "command-export",
  quit: "command-quit",
};

export const palette = sentences({
  title: "palette-title",
  placeholder: "palette-placeholder",
  recent: "palette-recent",
  commands: "palette-commands",
  todos: "palette-todos",
  searchAll: (query: string) => say("palette-search-all", { query: quoted(query) }),
  nothing: (query: string) => say("palette-nothing", { query: quoted(query) }),
  found: (n: number) => say("palette-found", { n }),
  readOnly: "palette-read-only",
  offline: "palette-offline",
  complete: "palette-complete",
  reopen: "palette-reopen",
  fold: "palette-fold",
  unfold: "palette-unfold",
  /** Other words by which people look for a command. */
  also: {
    add: "palette-also-add",
    toggle: "palette-also-toggle",
    edit: "palette-also-edit",
    delete: "palette-also-delete",
    filterDeleted: "palette-also-deleted",
    sortNewest: "palette-also-sort",
    sortOldest: "palette-also-sort",
    sync: "palette-also-sync",
    account: "palette-also-account",
    signIn: "palette-also-sign-in",
    signOut: "palette-also-sign-out",
    doctor: "palette-also-doctor",
    settings: "palette-also-settings",
    sheet: "palette-also-sheet",
    import: "palette-also-import",
    export: "palette-also-export",
    quit: "palette-also-quit",
  } as Partial<Record<Command, string>>,
});

export const sheet = sentences({
  groups: {
    todos: "keyboard-todos",
    view: "keyboard-view",
    app: "keyboard-app",
    list: "keyboard-list",
  } satisfies Record<Group, string>,
  quickAdd: "keyboard-quick-add",
  others: {
    addTyped: "keyboard-add-typed",
    saveTitle: "keyboard-save-title",
    saveDescription: "keyboard-save-description",
    dropEdit: "keyboard-drop-edit",
    toList: "keyboard-to-list",
    selectMore: "keyboard-select-more",
    selectTo: "keyboard-select-to",
  } satisfies Record<OtherKey, string>,
});

export const trust = sentences({
  waitingTitle: (n: number) => say("trust-waiting", { n }),
  open: (title: string) => say("trust-open", { title: quoted(title) }),
  more: (n: number) => say("trust-more", { n }),
  conflictsTitle: "trust-conflicts",
  conflictsHelp: "trust-conflicts-help",
  /** What the later edit did, and how long ago, in milliseconds. */
  did: {
    title: (ms: number) => say("trust-did-title", { when: ago(ms) }),
    description: (ms: number) => say("trust-did-description", { when: ago(ms) }),
    completed: (ms: number) => say("trust-did-complete", { when: ago(ms) }),
    reopened: (ms: number) => say("trust-did-reopen", { when: ago(ms) }),
    deleted: (ms: number) => say("trust-did-delete", { when: ago(ms) }),
    restored: (ms: number) => say("trust-did-restore", { when: ago(ms) }),
  },
  mine: "trust-mine",
  theirs: "trust-theirs",
  yes: "trust-value-done",
  no: "trust-value-open",
  none: "trust-value-none",
  deleted: "trust-value-deleted",
  notDeleted: "trust-value-edited",
  restore: "trust-restore",
  restoreOf: (title: string) => say("trust-restore-of", { title: quoted(title) }),
  isBack: "trust-is-back",
  account: "trust-account",
  signedInAs: (name: string, email: string) =>
    name === email ? email : say("remarks-joined", { before: name, after: email }),
  openAccount: "trust-account-open",
  doctor: "trust-doctor",

  hereTitle: "trust-here-title",
  hereHeadline: "trust-here-headline",
  hereDetail: "trust-here-detail",
  hereDetailAlone: "trust-here-detail-alone",
  keptIn: "trust-kept-in",
  openHere: "trust-where",
});

export const firstRun = sentences({
  already: "first-run-already",
  setUp: "first-run-set-up",
});
