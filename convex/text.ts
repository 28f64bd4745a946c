// What people type, proved to be within bounds: the same as crates/clove-core/src/text.rs.

/** The most characters (Unicode code points) of each text. */
export const titleMax = 500;
export const descriptionMax = 10_000;

export type TextCode =
  "titleEmpty" | "titleTooLong" | "descriptionTooLong" | "controlCharacter" | "loneSurrogate";

/** A text as it is kept, or why it was refused. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; code: TextCode; message: string };

/** Parses a title: 1 to 500 characters, without space at either end. */
export function parseTitle(typed: string): Parsed<string> {
  const text = clean(typed);
  if (!text.ok) return text;
  const length = characters(text.value);
  if (length === 0) return refused("titleEmpty", "A todo needs a title.");
  if (length > titleMax) {
    return refused("titleTooLong", `This title has ${length} characters; ${titleMax} is the most.`);
  }
  return text;
}

/** Parses a description: null where there is nothing but space. */
export function parseDescription(typed: string): Parsed<string | null> {
  const text = clean(typed);
  if (!text.ok) return text;
  const length = characters(text.value);
  if (length === 0) return { ok: true, value: null };
  if (length > descriptionMax) {
    const message = `This description has ${length} characters; ${descriptionMax} is the most.`;
    return refused("descriptionTooLong", message);
  }
  return text;
}

/** The number of Unicode code points. */
export function characters(text: string): number {
  let count = 0;
  for (const character of text) count += character.length > 0 ? 1 : 0;
  return count;
}

/** Every control character (Unicode category Cc) but newline and tab. */
// eslint-disable-next-line no-control-regex -- finding them is what it is for
export const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;

/** Writes line ends as `\n`. */
export const withNewlines = (text: string) => text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");

/**
 * Writes line ends as `\n`, refuses control characters, trims.
 * `trim` takes off the same as the Rust side: Unicode's white space and U+FEFF. The one difference,
 * U+0085, is a control character and refused before.
 */
function clean(typed: string): Parsed<string> {
  if (!typed.isWellFormed()) {
    return refused("loneSurrogate", "This text has half of a character (a lone surrogate).");
  }
  const text = withNewlines(typed);
  const found = text.search(controlCharacters);
  if (found >= 0) {
    const name = text.charCodeAt(found).toString(16).toUpperCase().padStart(4, "0");
    return refused("controlCharacter", `This text has a control character (U+${name}).`);
  }
  return { ok: true, value: text.trim() };
}

const refused = (code: TextCode, message: string) => ({ ok: false, code, message }) as const;
