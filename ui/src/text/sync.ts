// What the window says of sync.
import type { TodoStanding } from "../bindings/TodoStanding";
import { ago, numbers, plural, quoted, todos } from "./forms";

/** How sync stands, the most pressing first. */
export type Stand = "signInNeeded" | "offline" | "setAside" | "syncing" | "synced";

const waiting = (n: number) => plural(n, { one: "# todo waits", other: "# todos wait" });

export const sync = {
  title: "Sync",
  /** Beside the drawing in the header, where something is to be said. */
  short: (stand: Stand, waits: number, aside: number) =>
    ({
      signInNeeded: "Sign in again",
      offline: waits > 0 ? `Offline · ${numbers.format(waits)} waiting` : "Offline",
      setAside: `${numbers.format(aside)} not synced`,
      syncing: "",
      synced: "",
    })[stand],
  /** In place of those words, where there is no room for them. */
  number: (n: number) => (n > 99 ? "99+" : numbers.format(n)),
  label: (stand: Stand, waits: number, aside: number) => {
    const stands = {
      signInNeeded: "sign in again",
      offline: "offline",
      setAside: "connected",
      syncing: "syncing",
      synced: "up to date",
    }[stand];
    const parts = [
      waits > 0 && stand !== "syncing" && waiting(waits),
      aside > 0 && notTaken(aside),
    ];
    return [`Sync: ${stands}`, ...parts].filter(Boolean).join(", ");
  },

  headline: {
    signInNeeded: "Sign in again to sync",
    offline: "Offline",
    setAside: "Not everything is synced",
    syncing: "Syncing…",
    synced: "Up to date",
  } satisfies Record<Stand, string>,
  /** What it means, and what becomes of it. */
  detail: {
    signInNeeded:
      "Your session has ended. You can go on; edits stay on this device until you sign in.",
    offline: "You can go on. Edits stay on this device, and are sent when it is back online.",
    setAside: "Everything else has reached your account.",
    syncing: "This device and your account are exchanging what is new.",
    synced: "This device and your account hold the same todos.",
  } satisfies Record<Stand, string>,
  retrying: "You can go on. Edits stay on this device, and Clove tries again by itself.",
  syncedAgo: (ms: number) => `Last synced ${ago(ms)}.`,
  neverSynced: "Not synced since Clove started.",
  waiting: (n: number) => `${waiting(n)} to be sent.`,
  unread: (n: number) =>
    plural(n, {
      one: "# todo was written by a newer Clove, and this one can’t read it. Update Clove to see it.",
      other:
        "# todos were written by a newer Clove, and this one can’t read them. Update Clove to see them.",
    }),
  now: "Sync now",
  asideTitle: (n: number) => `Not taken by your account (${numbers.format(n)})`,
  asideHelp: (n: number) =>
    plural(n, {
      one: "It is safe on this device. Edit it, or try it again.",
      other: "They are safe on this device. Edit one, or try it again.",
    }),
  asideMore: (n: number) => plural(n, { one: "And # more.", other: "And # more." }),
  tryAgain: (title: string) => `Try ${quoted(title)} again`,
  tryAllAgain: "Try all again",
  copyText: "Copy text",
  textCopied: "Text copied",

  fetching: "Fetching your todos…",
  fetched: (rows: number, of: number) =>
    rows >= of ? `${todos(rows)} so far` : `${numbers.format(rows)} of about ${todos(of)}`,

  /** Said once a change has lasted. */
  said: {
    signInNeeded: "Sync needs you to sign in again.",
    offline: "Offline. Edits stay on this device.",
    setAside: "A todo was not taken by your account.",
    synced: "Synced again.",
  } satisfies Record<Exclude<Stand, "syncing">, string>,

  mark: (standing: TodoStanding) =>
    standing.state === "setAside" ? `Not synced: ${standing.message}` : "Waits to be synced",
  standing: (standing: TodoStanding) => {
    if (standing.state === "setAside") return `Not taken by your account: ${standing.message}`;
    return {
      onThisDevice: "On this device, not yet in your account",
      sending: "On its way to your account",
      synced: "In your account",
    }[standing.state];
  },

  editsLost: (titles: string[]) =>
    titles.length === 1
      ? `${quoted(titles[0] ?? "")} was changed later on another device. What you had is in its history.`
      : `${quoted(titles[0] ?? "")} and ${plural(titles.length - 1, {
          one: "# other todo",
          other: "# other todos",
        })} were changed later on another device. What you had is in their history.`,
  showHistory: "Show history",
  manyDeleted: (n: number) => `Another device deleted ${todos(n)} at once.`,
  copyKept: (path: string) => `A copy of your todos from before the deletion is in ${path}.`,
};

function notTaken(n: number): string {
  return plural(n, { one: "# todo not taken", other: "# todos not taken" });
}
