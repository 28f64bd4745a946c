// How two versions of one todo become one.
//
// Pure, and the same as crates/clove-core/src/{register,merge,todo}.rs: tests/vectors/merge.json is
// read by both, so that a device and the server never disagree about a todo.

/** A value, and the moment of its last edit (whole milliseconds since 1970, 0..=2^53-1). */
export type Register<T> = { value: T; at: number };

/** The fields that people edit. **A field is added here**, in schema.ts and in wire.ts. */
type Values = {
  title: string;
  description: string | null;
  completed: boolean;
  deletedAt: number | null;
};
export type Field = keyof Values;
type Value = Values[Field];
export const fields = ["title", "description", "completed", "deletedAt"] as const;

type Registers = { [F in Field]: Register<Values[F]> };
/** A version of a todo: a map of last-writer-wins registers. */
export type Todo = Registers & { id: string; createdAt: number };

/**
 * Merges two versions of the same todo, field by field.
 * Commutative, associative and idempotent: devices agree in whatever order, and however often,
 * versions reach them.
 */
export function merge(a: Todo, b: Todo): Todo {
  const registers = fields.map((field) => [field, later(a[field], b[field])]);
  const createdAt = Math.min(a.createdAt, b.createdAt);
  return { id: a.id, createdAt, ...(Object.fromEntries(registers) as Registers) };
}

/** The moment of the last edit to any field: what conflicts are resolved by. */
export function updatedAt(todo: Todo): number {
  return Math.max(...fields.map((field) => todo[field].at));
}

/** Whether it counts as deleted: it was deleted, and no field was edited later than that. */
export function isDeleted(todo: Todo): boolean {
  return todo.deletedAt.value !== null && todo.deletedAt.at === updatedAt(todo);
}

/** Whether two versions of a todo hold the same values with the same stamps. */
export function isSame(a: Todo, b: Todo): boolean {
  const same = (field: Field) => a[field].at === b[field].at && a[field].value === b[field].value;
  return a.createdAt === b.createdAt && fields.every(same);
}

/** Writes one field as an edit made now: it wins over every version that `todo` has seen. */
export function edit<F extends Field>(todo: Todo, field: F, value: Values[F], now: number): Todo {
  const at = Math.min(Math.max(now, updatedAt(todo) + 1), Number.MAX_SAFE_INTEGER);
  return { ...todo, [field]: { value, at } };
}

/** The later of two; of two at the same moment, the one with the greater value. */
function later(a: Register<Value>, b: Register<Value>): Register<Value> {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return compare(b.value, a.value) > 0 ? b : a;
}

/** Absent < present; false < true; numbers by size; text by code point. */
function compare(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  return Number(a) - Number(b);
}

/**
 * Orders text by code point, as Rust does.
 * JavaScript's own `<` goes by UTF-16 unit, in which U+10000 and above (surrogates, D800..DFFF)
 * come before U+E000..U+FFFF.
 */
function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
