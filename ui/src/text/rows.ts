// Several todos at once: pasted as lines, or selected; and the one that is open.
import { named } from "./forms";
import { say, sentences } from "../words.svelte";

export const rows = sentences({
  pasted: (n: number) => say("rows-pasted", { n }),
  pastedRest: (n: number) => say("rows-pasted-rest", { n }),
  addEach: (n: number) => say("rows-add-each", { n }),
  addAsOne: "rows-add-as-one",
  added: (titles: string[], n: number) => say("rows-added", { what: named(titles, n) }),
  tooLong: (n: number, most: number) => say("rows-too-long", { n, most }),
  tooMany: (most: number) => say("rows-too-many", { most }),

  selection: "rows-selection",
  complete: "rows-complete",
  reopen: "rows-reopen",
  delete: "rows-delete",
  clear: "rows-clear",
  firstSelected: (n: number) => say("rows-first-selected", { n }),
});
