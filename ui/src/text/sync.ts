// What the window says of sync.
import type { TodoStanding } from "../bindings/TodoStanding";
import { say, sentences } from "../words.svelte";
import { ago, number, quoted, todos } from "./forms";

/** How sync stands, the most pressing first. */
export type Stand = "signInNeeded" | "offline" | "setAside" | "syncing" | "synced";

export const sync = sentences({
  title: "sync-title",
  /** Beside the drawing in the header, where something is to be said. */
  short: (stand: Stand, waits: number, aside: number) => {
    if (stand === "signInNeeded") return say("sync-short-sign-in");
    if (stand === "setAside") return say("sync-short-aside", { n: aside });
    if (stand !== "offline") return "";
    return waits > 0 ? say("sync-short-offline-waiting", { n: waits }) : say("sync-short-offline");
  },
  /** In place of those words, where there is no room for them. */
  number: (n: number) => (n > 99 ? say("sync-short-many") : number(n)),
  label: (stand: Stand, waits: number, aside: number) => {
    const remarks = [labels[stand]];
    if (waits > 0 && stand !== "syncing") remarks.push(say("sync-waits", { n: waits }));
    if (aside > 0) remarks.push(say("sync-not-taken", { n: aside }));
    return remarks.reduce((before, after) => say("remarks-joined", { before, after }));
  },

  headline: {
    signInNeeded: "sync-headline-sign-in",
    offline: "sync-headline-offline",
    setAside: "sync-headline-aside",
    syncing: "sync-headline-syncing",
    synced: "sync-headline-synced",
  } satisfies Record<Stand, string>,
  /** What it means, and what becomes of it. */
  detail: {
    signInNeeded: "sync-detail-sign-in",
    offline: "sync-detail-offline",
    setAside: "sync-detail-aside",
    syncing: "sync-detail-syncing",
    synced: "sync-detail-synced",
  } satisfies Record<Stand, string>,
  retrying: "sync-retrying",
  syncedAgo: (ms: number) => say("sync-synced-ago", { ago: ago(ms) }),
  neverSynced: "sync-never",
  waiting: (n: number) => say("sync-to-send", { n }),
  unread: (n: number) => say("sync-unread", { n }),
  now: "sync-now",
  asideTitle: (n: number) => say("sync-aside-title", { n }),
  asideHelp: (n: number) => say("sync-aside-help", { n }),
  asideMore: (n: number) => say("sync-aside-more", { n }),
  reason,
  tryAgain: (title: string) => say("sync-try-again", { title: quoted(title) }),
  tryAllAgain: "sync-try-all",
  copyText: "sync-copy-text",
  textCopied: "sync-text-copied",

  fetching: "sync-fetching",
  fetched: (rows: number, of: number) =>
    rows >= of
      ? say("sync-fetched", { todos: todos(rows) })
      : say("sync-fetched-of", { n: rows, todos: todos(of) }),

  /** Said once a change has lasted. */
  said: {
    signInNeeded: "sync-said-sign-in",
    offline: "sync-said-offline",
    setAside: "sync-said-aside",
    synced: "sync-said-synced",
  } satisfies Record<Exclude<Stand, "syncing">, string>,

  mark: (standing: TodoStanding) =>
    standing.state === "setAside"
      ? say("sync-mark-aside", { reason: reason(standing) })
      : say("sync-mark-waits"),
  standing: (standing: TodoStanding) =>
    standing.state === "setAside"
      ? say("sync-standing-aside", { reason: reason(standing) })
      : standings[standing.state],

  editsLost: (titles: string[]) => {
    const [title, others] = [quoted(titles[0] ?? ""), titles.length - 1];
    return others === 0
      ? say("sync-edit-lost", { title })
      : say("sync-edits-lost", { title, others });
  },
  showHistory: "sync-show-history",
  manyDeleted: (n: number) => say("sync-many-deleted", { n }),
  copyKept: (path: string) => say("sync-copy-kept", { path }),
});

const labels = sentences({
  signInNeeded: "sync-label-sign-in",
  offline: "sync-label-offline",
  setAside: "sync-label-aside",
  syncing: "sync-label-syncing",
  synced: "sync-label-synced",
} satisfies Record<Stand, string>);

/** Why the account did not take a todo: by its code, or in the server's own words where it is new. */
function reason({ code, message }: TodoStanding & { state: "setAside" }): string {
  const known: Record<string, string> = reasons;
  return Object.hasOwn(known, code) ? (known[code] ?? message) : message;
}

/** The codes of `convex/wire.ts` and `convex/text.ts` that a person can do something about. */
const reasons = sentences({
  titleEmpty: "sync-reason-title-empty",
  titleTooLong: "sync-reason-title-too-long",
  descriptionTooLong: "sync-reason-description-too-long",
  controlCharacter: "sync-reason-control-character",
  loneSurrogate: "sync-reason-lone-surrogate",
  farFuture: "sync-reason-far-future",
  unreadableAnswer: "sync-reason-unreadable-answer",
});

const standings = sentences({
  onThisDevice: "sync-standing-device",
  sending: "sync-standing-sending",
  synced: "sync-standing-synced",
});
