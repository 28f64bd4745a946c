// The words of quick add.
import { say, sentences } from "../words.svelte";
import { todos } from "./forms";

export const quick = sentences({
  addsOne: "quick-adds-one",
  addsAndStays: "quick-adds-and-stays",
  closes: "quick-closes",
  addMany: (n: number) => say("quick-add-many", { what: todos(n) }),
  addAsOne: "quick-add-as-one",
  addedMany: (n: number) => say("said-added", { title: todos(n) }),
  lines: (n: number) => say("quick-lines", { n }),
  /** For screen readers: what the keys do with several lines. */
  offer: (lines: number, n: number, key: string) =>
    say("quick-offer", { lines: say("quick-lines", { n: lines }), what: todos(n), key }),
  keepReady: "quick-keep-ready",
  keepReadyHelp: "quick-keep-ready-help",
});
