// Which parts of a text a search matched, for the eye alone: the core has decided what matches.

export type Part = { text: string; hit: boolean };

export function highlight(text: string, query: string): Part[] {
  const terms = query
    .split(/\s+/u)
    .map((term) => folded(term).text)
    .filter(Boolean);
  if (terms.length === 0) return [{ text, hit: false }];
  const hits = hitRanges(text, terms);
  const parts: Part[] = [];
  let from = 0;
  for (const [start, end] of hits) {
    if (start > from) parts.push({ text: text.slice(from, start), hit: false });
    parts.push({ text: text.slice(start, end), hit: true });
    from = end;
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false });
  return parts;
}

/** The stretch of a description that fits beside a title: its start, or the place of the first hit. */
export function snippet(text: string, query: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  const terms = query
    .split(/\s+/u)
    .map((term) => folded(term).text)
    .filter(Boolean);
  const first = terms.length > 0 ? hitRanges(line.slice(0, 10_000), terms)[0]?.[0] : undefined;
  if (first === undefined || first < 40) return line.slice(0, 160);
  const start = line.lastIndexOf(" ", first - 12) + 1;
  return `…${line.slice(start, start + 160)}`;
}

/** A text without case and accents. */
export const fold = (text: string): string => folded(text).text;

function hitRanges(text: string, terms: string[]): [number, number][] {
  const { text: plain, places } = folded(text);
  const found: [number, number][] = [];
  for (const term of terms) {
    for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + term.length)) {
      found.push([places[at] ?? 0, places[at + term.length] ?? text.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged: [number, number][] = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Case and accents removed, with the place in the original of each unit (folding changes lengths). */
function folded(text: string): { text: string; places: number[] } {
  let plain = "";
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const bare = character
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .toLowerCase();
    for (let i = 0; i < bare.length; i += 1) places.push(at);
    plain += bare;
    at += character.length;
  }
  places.push(text.length);
  return { text: plain, places };
}
