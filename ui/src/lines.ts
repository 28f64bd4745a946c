// A text of several lines, as the todos that it can become: one for each line, or one in all.

/** The most characters (Unicode code points) of a title, which is the core's bound; the most todos of one add. */
export const TITLE_MAX = 500;
export const MOST_AT_ONCE = 10_000;

/** Titles, in the order of the lines; and the lines that are too long to be one. */
export type Lines = { titles: string[]; tooLong: string[] };

/** A bullet, and the empty box of a task that may follow it. A ticked box stays: it says something. */
const BULLET = /^[-*+•‣◦–—][ \t\u00a0]+(\[[ \u00a0]?\][ \t\u00a0]+)?|^\[[ \u00a0]?\][ \t\u00a0]+/u;
/** Line ends: CR LF, or a mandatory break of UAX #14 alone. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;
/** What no title may have (Unicode category Cc), but for the tab. */
const CONTROL = /[^\P{Cc}\t]/gu;
const CONTROL_IN_LINES = /[^\P{Cc}\t\n]/gu;

/** The lines of a text without space around them, bullets before them and empty ones among them. */
export function linesOf(text: string): Lines {
  const lines: Lines = { titles: [], tooLong: [] };
  for (const raw of text.split(LINE_END)) {
    const line = raw.replace(CONTROL, "").trim().replace(BULLET, "").trim();
    if (line === "" || /^[-*+•]$/u.test(line)) continue;
    (isTooLong(line) ? lines.tooLong : lines.titles).push(line);
  }
  return lines;
}

/** Whether there are more than one add takes. */
export const tooMany = ({ titles }: Lines): boolean => titles.length > MOST_AT_ONCE;

/** The todos of an add of each line, without those that are too long; null where there can be no such add. */
export const eachOf = (lines: Lines): string[] | null =>
  lines.titles.length > 0 && !tooMany(lines) ? lines.titles : null;

/** The first line as the title, what follows it as the description; the core judges their lengths. */
export function asOne(text: string): { title: string; description: string | null } {
  const whole = text.split(LINE_END).join("\n").replace(CONTROL_IN_LINES, "").trim();
  const [title = "", ...rest] = whole.split("\n");
  const description = rest.join("\n").trim();
  return { title: title.replace(BULLET, "").trim(), description: description || null };
}

/** Counts code points only where the count of UTF-16 units, which is never less, leaves it open. */
const isTooLong = (line: string) =>
  line.length > TITLE_MAX && (line.length > 2 * TITLE_MAX || Array.from(line).length > TITLE_MAX);
