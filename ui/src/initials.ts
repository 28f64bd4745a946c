// What stands for a person who has no picture.

const graphemes = new Intl.Segmenter();

/** The first letters of the first and the last word; of an address, one; nothing of nothing. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return (firstLetter(first) + firstLetter(last)).toLocaleUpperCase();
}

function firstLetter(word: string): string {
  const [letter] = graphemes.segment(word);
  return letter?.segment ?? "";
}
