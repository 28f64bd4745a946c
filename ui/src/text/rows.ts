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
  /** What the keys do in the editor; $save is the one that saves. */
  editorKeys: (save: string) => say("rows-editor-keys", { save }),
  withKeys: (deed: string, keys: string) => say("rows-with-keys", { deed, keys }),
  firstSelected: (n: number) => say("rows-first-selected", { n }),
});
