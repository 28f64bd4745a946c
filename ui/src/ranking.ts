// Which names fit what was typed, the best first.
import { fold } from "./highlight";

/** A name, and other words by which people look for it. */
export type Named = { name: string; also?: string };

/** The names that hold every typed word: first where they begin with it, last where it is within a word. */
export function ranked<T extends Named>(query: string, names: readonly T[]): T[] {
  const typed = wordsOf(query);
  return names
    .map((named) => ({ named, distance: distance(typed, named) }))
    .filter(({ distance }) => distance < NOWHERE)
    .sort((a, b) => a.distance - b.distance)
    .map(({ named }) => named);
}

const NOWHERE = Infinity;

function distance(typed: string[], { name, also = "" }: Named): number {
  const words = wordsOf(name);
  const others = wordsOf(also);
  const whole = fold(name);
  const begins = (word: string) => (one: string) => one.startsWith(word);
  return typed.reduce((sum, word) => {
    if (words[0]?.startsWith(word)) return sum;
    if (words.some(begins(word))) return sum + 1;
    if (others.some(begins(word))) return sum + 10;
    return sum + (whole.includes(word) ? 100 : NOWHERE);
  }, 0);
}

const wordsOf = (text: string) =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
