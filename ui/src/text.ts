// Every word the user reads or hears, in one place, so that another language is another catalogue.
import type { ActionKind } from "./bindings/ActionKind";
import type { Filter } from "./bindings/Filter";
import type { Outcome } from "./bindings/Outcome";
import type { SignInMode } from "./bindings/SignInMode";
import type { SignInStage } from "./bindings/SignInStage";
import type { Command } from "./keys";
import { edits, named, numbers, plural, quoted, todos } from "./text/forms";
import { sync } from "./text/sync";

export const text = {
  appName: "Clove",
  count: (n: number) => numbers.format(n),
  todos,
  sync,

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
    account: "Account",
    sync: "Sync",
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
  historyOf: (title: string) => `History of ${quoted(title)}`,
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

  account: "Account",
  accountOf: (name: string) => `Account: ${name}`,
  needsYou: "needs your attention",
  signIn: "Sign in",
  signInAgain: "Sign in again",
  signUp: "Create an account",
  signOut: "Sign out",
  signedOutTitle: "Sign in to Clove",
  signedOutBody: "With an account, you have your todos on all your devices.",
  signedOutLocal: "Without an account, everything stays on this device.",
  notSetUp: "Signing in is not set up here yet. You can do that in Settings, under Connection.",
  openSettings: "Open Settings",
  signingInTitle: {
    signIn: {
      starting: "Signing in",
      inBrowser: "Finish in your browser",
      finishing: "Signing in",
    },
    signUp: {
      starting: "Creating your account",
      inBrowser: "Finish creating your account in your browser",
      finishing: "Signing in",
    },
  } satisfies Record<SignInMode, Record<SignInStage, string>>,
  signingIn: {
    starting: "Opening your browser…",
    inBrowser: "A page has opened there. When you are done, Clove carries on by itself.",
    finishing: "Almost there…",
  } satisfies Record<SignInStage, string>,
  openAgain: "Open the browser again",
  copyLink: "Copy the link",
  linkCopied: "Link copied. Paste it into any browser on this device.",
  copyFailed: "It could not be copied. Here it is to copy by hand:",
  copyByHand: "To copy by hand",
  signInCancelled: "Sign-in cancelled",
  signedInAs: (name: string) => `Signed in as ${name}`,
  profileName: "Name",
  editName: "Change your name",
  nameSaved: (name: string) => `You are now called ${name}`,
  admin: "Administrator",
  joined: (when: string) => `Joined ${when}`,
  keyringWaiting:
    "Unlock your keyring, so that you are still signed in the next time Clove starts.",
  keyringLocked: "Unlock your keyring to go on.",
  restoring: "Signing you back in…",
  todosUsable: "Your todos are here meanwhile, and you can edit them.",
  manageAccount: "Manage account",
  waitingToMove: (n: number) =>
    plural(n, {
      one: "# todo that you made before signing in is not in your account.",
      other: "# todos that you made before signing in are not in your account.",
    }),
  moveLater: "Move…",
  moveTitle: (n: number) => `Move ${todos(n)} into your account?`,
  moveBody: (n: number) =>
    plural(n, {
      one: "You made it before you signed in. Moved, it is with your other todos, on all your devices.",
      other:
        "You made them before you signed in. Moved, they are with your other todos, on all your devices.",
    }),
  moveKept: (n: number) =>
    plural(n, {
      one: "Kept on this device, it shows again whenever you are signed out.",
      other: "Kept on this device, they show again whenever you are signed out.",
    }),
  move: (n: number) => `Move ${todos(n)}`,
  keepHere: (n: number) =>
    plural(n, { one: "Keep it on this device", other: "Keep them on this device" }),
  moved: (n: number) =>
    plural(n, { one: "# todo is in your account now", other: "# todos are in your account now" }),

  signOutTitle: "Sign out?",
  signOutCounting: "Looking for edits that are not in your account yet…",
  signOutNothing: "Your todos stay in your account, and are back when you sign in again.",
  signOutUnknown: "Nothing is lost: this device keeps your todos until you sign in again.",
  signOutUnsynced: (n: number) =>
    plural(n, {
      one: "# edit has not reached your account yet. What should become of it?",
      other: "# edits have not reached your account yet. What should become of them?",
    }),
  signOutChoices: (n: number) => ({
    keep: {
      label: "Keep on this device",
      help: "Out of sight, until you sign in here again.",
    },
    export: { label: "Export to a file", help: "Clove shows you where the file is." },
    discard: {
      label: `Discard ${edits(n)}`,
      help: plural(n, { one: "It is gone for good.", other: "They are gone for good." }),
    },
  }),
  discardTitle: (n: number) => `Discard ${edits(n)}?`,
  discardBody: (n: number) =>
    plural(n, {
      one: "It is nowhere but on this device. Discarded, it cannot be brought back.",
      other: "They are nowhere but on this device. Discarded, they cannot be brought back.",
    }),
  discard: (n: number) => `Discard ${edits(n)} and sign out`,
  continue: "Continue…",
  back: "Back",
  signingOut: "Signing out…",
  signedOut: "Signed out",
  signedOutKept: (n: number) =>
    `Signed out. ${plural(n, { one: "# edit waits", other: "# edits wait" })} here until you sign in again.`,
  exportedTitle: "Signed out",
  exportedTo: (n: number) =>
    plural(n, { one: "Your edit is in this file:", other: "Your edits are in this file:" }),

  connection: "Connection",
  connectionHelp: "For people with a Clerk and a Convex of their own.",
  publishableKey: "Publishable key",
  publishableKeyHelp: "In Clerk’s dashboard, under API keys.",
  convexUrl: "Convex URL",
  convexUrlHelp: "In Convex’s dashboard, under the deployment’s settings.",
  connectionLocked: "Sign out to change the connection.",
  connectionBusy: "A sign-in is under way. Cancel it to change the connection.",
  connectionSaved: "Connection saved",
  connectionBuiltIn: "The built-in connection is in use",
  useBuiltIn: "Use the built-in one",

  doctor: "Check the connection",
  doctorRunning: "Checking…",
  doctorDone: (bad: number) =>
    bad === 0
      ? "Everything that was checked works."
      : plural(bad, { one: "# thing does not work.", other: "# things do not work." }),
  outcomes: {
    good: "Works",
    notice: "Notice",
    bad: "Does not work",
    skipped: "Not checked",
  } satisfies Record<Outcome, string>,
  cure: "What to do:",
  checkAgain: "Check again",
  copyDiagnostics: "Copy diagnostics",
  copyDiagnosticsHelp: "Versions, these findings and the end of the log, without your todos.",
  diagnosticsCopied: "Diagnostics copied",

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
