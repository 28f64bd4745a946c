// Moments (milliseconds since 1970) in the user's own words.

const sameYear = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
});
const otherYear = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export function dateText(at: number, now: number): string {
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (thisYear ? sameYear : otherYear).format(at);
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

export const dayText = (at: number): string => day.format(at);
