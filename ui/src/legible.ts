// A text of somebody's as one line of the page: all of it is seen, and it moves nothing but itself.

/** Line breaks and the space around them. */
const BREAKS = /\s*[\n\v\f\r\u0085\u2028\u2029]\s*/gu;
/** Embeddings, overrides and isolates: they order text as they please, and may never end (UAX #9, 2). */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/gu;
/** What leaves ink. The others are space, or asked to be ignored (Unicode, 5.21). */
const INK = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The text without what would break the line or reorder it. Marks of direction and joiners stay, as
 * scripts and emoji need them. Of a text that cannot be seen, the code points are named.
 */
export function legible(text: string): string {
  const line = text.replace(BREAKS, " ").replace(REORDERING, "").trim();
  return INK.test(line) ? line : Array.from(text.trim(), named).join(" ");
}

/** The beginning of a text, of at most so many characters as people count them; more is left out. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = new Intl.Segmenter().segment(text.slice(0, 40 * most));
  const first = Array.from(characters, ({ segment }) => segment).slice(0, most);
  const whole = first.join("");
  return whole.length === text.length ? text : `${first.slice(0, most - 1).join("")}…`;
}

const named = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
