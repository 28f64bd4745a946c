// The forms of words that depend on a number or a name.
export const locale = "en";
const plurals = new Intl.PluralRules(locale);
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
export const numbers = new Intl.NumberFormat(locale);

// English has two plural forms; a language with more adds them to its own catalogue's calls.
export const plural = (n: number, forms: { one: string; other: string }) =>
  (plurals.select(n) === "one" ? forms.one : forms.other).replace("#", numbers.format(n));
export const todos = (n: number) => plural(n, { one: "# todo", other: "# todos" });
export const edits = (n: number) => plural(n, { one: "# edit", other: "# edits" });
export const quoted = (title: string) =>
  `“${title.length > 60 ? `${title.slice(0, 59)}…` : title}”`;
/** One todo is named, more are counted. */
export const named = (titles: string[], count: number) =>
  count === 1 && titles[0] !== undefined ? quoted(titles[0]) : todos(count);

/** How long ago a moment was, in milliseconds. A clock that was set back means "just now". */
export function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return relative.format(-minutes, "minute");
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), "hour");
  return relative.format(-Math.floor(minutes / (24 * 60)), "day");
}
