// What moves when the list changes: lines that stay slide from where they were to where they are, new
// ones fade in, those that are gone fade out. Only what is seen moves, and nothing if most of it is new.

/** A line, and how far below the upper edge of what is seen it begins, in CSS pixels. */
export type Place = { key: string; y: number };
/** What is seen: its height and a line's, in CSS pixels. */
export type Seen = { height: number; row: number };

export type Motions = {
  /** Lines that begin `by` pixels away from their place. */
  slides: { key: string; by: number }[];
  arrivals: string[];
  departures: Place[];
};

/** The motions between two states of the list, each given by the lines that were or are drawn. */
export function motionsOf(before: Place[], after: Place[], seen: Seen): Motions {
  const isSeen = ({ y }: Place) => y > -seen.row && y < seen.height;
  const was = new Map(before.map(({ key, y }) => [key, y]));
  const is = new Map(after.map(({ key, y }) => [key, y]));
  const slides = after.flatMap(({ key, y }) => {
    const from = was.get(key);
    if (from === undefined || from === y || !(isSeen({ key, y: from }) || isSeen({ key, y })))
      return [];
    // What comes from far away, or goes there, takes its way no further than to the edge.
    const start = Math.max(-seen.row, Math.min(from, seen.height));
    const end = Math.max(-seen.row, Math.min(y, seen.height));
    return start === end ? [] : [{ key, by: start - end }];
  });
  const arrivals = after.filter((place) => isSeen(place) && !was.has(place.key));
  const departures = before.filter((place) => isSeen(place) && !is.has(place.key));
  return { slides, arrivals: arrivals.map(({ key }) => key), departures };
}

/** Whether what is seen was exchanged rather than changed: then it is a new list, and stands still. */
export function isAnother({ arrivals, departures }: Motions, seen: Seen): boolean {
  const half = seen.height / seen.row / 2;
  return arrivals.length > half || departures.length > half;
}
