// What a push would do, decided without touching the database.
import { fields, isDeleted, isSame, merge, updatedAt, type Field, type Todo } from "./merge";
import { isStripped, withoutPayload } from "./wire";

/** How far ahead of the server a stamp may be before its batch is shifted back. */
export const aheadMs = 5_000;

/** How many shifts of a register are remembered: more edits than one makes while a request is under way. */
const rememberedShifts = 8;

/** Stamps that were shifted when they came in, so that a resend of them is recognised: newest first. */
export type Shifts = { [F in Field]?: { from: number; to: number }[] };

/** What the server holds of a todo. */
export type Held = { todo: Todo; shifts: Shifts };

/** What it then is: whether the todo changed, and whether there is a shift more to remember. */
export type Planned = Held & { changed: boolean; learned: boolean };

/**
 * Merges the first todos of one push, as far as it `reached`, into what is held; answers what each
 * then is, changed or not. A todo may come more than once.
 * The clock that all of them have in common is judged by all, reached or not.
 */
export function planPush(
  incoming: Todo[],
  reached: number,
  held: ReadonlyMap<string, Held>,
  now: number,
): Map<string, Planned> {
  const newest = Math.max(0, ...incoming.map(updatedAt));
  const excess = Math.max(0, newest - (now + aheadMs));
  const plan = new Map<string, Planned>();
  for (const row of incoming.slice(0, reached)) {
    const before = plan.get(row.id) ?? held.get(row.id);
    const shifted = shiftBack(row, before?.shifts ?? {}, excess, now);
    const todo = before ? mergeIn(before.todo, shifted.todo) : shifted.todo;
    const same = before !== undefined && isSame(before.todo, todo);
    const earlier = plan.get(row.id);
    const changed = !same || (earlier?.changed ?? false);
    const learned = shifted.learned || (earlier?.learned ?? false);
    plan.set(row.id, { todo, shifts: shifted.shifts, changed, learned });
  }
  return plan;
}

/**
 * Takes the excess off each stamp: a clock that runs fast is wrong by the same for all of a batch.
 *
 * A resend after a lost reply meets a later server clock, so it would be shifted by less, and its
 * stamps would win over edits made in between. The last shifts of each register are therefore
 * remembered, and done again when the same stamp comes again.
 */
function shiftBack(row: Todo, known: Shifts, excess: number, now: number) {
  const shifts: Shifts = { ...known };
  let learned = false;
  const todo: Todo = { ...row, createdAt: Math.min(row.createdAt, now) };
  for (const field of fields) {
    const from = row[field].at;
    const before = known[field] ?? [];
    const seen = before.find((shift) => shift.from === from);
    const to = seen?.to ?? Math.max(0, from - excess);
    if (to === from) continue;
    if (!seen) shifts[field] = [{ from, to }, ...before].slice(0, rememberedShifts);
    learned ||= !seen;
    Object.assign(todo, { [field]: { ...row[field], at: to } });
    const deleted = row.deletedAt.value;
    if (field === "deletedAt" && deleted !== null) {
      todo.deletedAt.value = Math.max(0, deleted - (from - to));
    }
  }
  return { todo, shifts, learned };
}

/** Merges as every device does; only a tombstone whose payload was taken away is special. */
function mergeIn(held: Todo, row: Todo): Todo {
  const merged = merge(held, row);
  if (!isStripped(held)) return merged;
  // A copy from an old device does not bring the payload back while the todo stays deleted.
  if (isDeleted(merged)) return withoutPayload(merged);
  // Revived by a later edit, it needs a title again: the reviving device's, which is all there is.
  if (merged.title.value !== "") return merged;
  return { ...merged, title: { value: row.title.value, at: merged.title.at } };
}
