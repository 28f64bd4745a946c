// Moments (milliseconds since 1970) in the words and the order of the language.
import { formats } from "./text/forms";

export function dateText(at: number, now: number): string {
  const { sameYear, otherYear } = formats();
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (thisYear ? sameYear : otherYear).format(at);
}

export const dayText = (at: number): string => formats().day.format(at);
