// The forms of words that depend on a number, a name or a moment.
import { cut } from "../legible";
import { say, spoken } from "../words.svelte";

/** How numbers and moments are written where the language is spoken. */
export function formats() {
  const locale = spoken();
  return (made[locale] ??= formatsOf(locale));
}

const made: Record<string, ReturnType<typeof formatsOf>> = {};

function formatsOf(locale: string) {
  return {
    numbers: new Intl.NumberFormat(locale),
    kilobytes: new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte" }),
    megabytes: new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte" }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }),
    sameYear: new Intl.DateTimeFormat(locale, {
      day: "numeric",
      month: "short",
      hour: "numeric",
      minute: "2-digit",
    }),
    otherYear: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: "long" }),
  };
}

export const number = (n: number) => formats().numbers.format(n);
export const todos = (n: number) => say("todos-counted", { n });
/** A title in the quotation marks of the language, cut where it is long. */
export const quoted = (title: string) => say("title-quoted", { title: isolated(cut(title, 60)) });
/** One todo is named, more are counted. */
export const named = (titles: string[], count: number) =>
  count === 1 && titles[0] !== undefined ? quoted(titles[0]) : todos(count);

/** How long ago a moment was, in milliseconds. A clock that was set back means "just now". */
export function ago(ms: number): string {
  const { relative } = formats();
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return say("ago-now");
  if (minutes < 60) return relative.format(-minutes, "minute");
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), "hour");
  return relative.format(-Math.floor(minutes / (24 * 60)), "day");
}

/**
 * Keeps a title's direction to itself (UAX #9, isolates), where it may have another than the sentence.
 * Its own controls go: an unbalanced one would reach beyond the quotation marks.
 */
function isolated(title: string): string {
  const plain = title.replace(CONTROLS, "");
  return plain !== title || RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
/** The blocks of the scripts that are written from right to left (Unicode, DerivedBidiClass). */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
