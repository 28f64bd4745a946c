// A todo on the wire: its shape, and the checks it passes at the door. Pure; the contract is in sync.ts.
import { v, type Infer } from "convex/values";
import { fields, isDeleted, type Register, type Todo } from "./merge";
import { parseDescription, parseTitle, type TextCode } from "./text";

/** Stamps further ahead than this are no clock that runs fast, and would drag their batch along. */
export const farFutureMs = 366 * 24 * 60 * 60 * 1000;

export const stampsValidator = v.object({
  title: v.number(),
  description: v.number(),
  completed: v.number(),
  deletedAt: v.number(),
});

/** A row as sync.push and sync.pull answer it. */
export const rowValidator = v.object({
  clientId: v.string(),
  createdAt: v.number(),
  title: v.string(),
  description: v.union(v.null(), v.string()),
  completed: v.boolean(),
  deletedAt: v.union(v.null(), v.number()),
  stamps: stampsValidator,
  rev: v.number(),
});

/** What sync.push answers for a row that it did not take. */
export const rejectionValidator = v.object({
  clientId: v.union(v.string(), v.null()),
  rejected: v.object({ code: v.string(), message: v.string() }),
});

/** What sync.push answers for a row that it did not come to: it is pushed again. */
export const deferralValidator = v.object({ clientId: v.string(), deferred: v.literal(true) });

export type Row = Infer<typeof rowValidator>;
export type Rejection = Infer<typeof rejectionValidator>;
export type Deferral = Infer<typeof deferralValidator>;
export type RowCode =
  "badRow" | "unknownField" | "badClientId" | "badStamp" | "farFuture" | TextCode;

/** A todo as it is answered. */
export function toRow(todo: Todo, rev: number): Row {
  const { id, createdAt, title, description, completed, deletedAt } = todo;
  return {
    clientId: id,
    createdAt,
    title: title.value,
    description: description.value,
    completed: completed.value,
    deletedAt: deletedAt.value,
    stamps: {
      title: title.at,
      description: description.at,
      completed: completed.at,
      deletedAt: deletedAt.at,
    },
    rev,
  };
}

/** Reads one pushed row, whatever it is. Nothing of a row that breaks a bound is taken. */
export function parseRow(value: unknown, now: number): Todo | Rejection {
  const reject = (code: RowCode, message: string): Rejection => ({
    clientId: isRecord(value) && isId(value.clientId) ? value.clientId : null,
    rejected: { code, message },
  });
  if (!isRecord(value)) return reject("badRow", "A row must be an object.");
  const { clientId, createdAt, title, description, completed, deletedAt, stamps } = value;
  if (!isRecord(stamps)) return reject("badRow", "A row must have stamps.");

  const unknown = unknownKey(value, rowKeys) ?? unknownKey(stamps, fields);
  if (unknown !== undefined) return reject("unknownField", "A row has a field that is unknown.");
  if (!isId(clientId)) return reject("badClientId", "clientId must be a UUID in lower case.");
  if (typeof title !== "string") return reject("badRow", "title must be a string.");
  if (typeof description !== "string" && description !== null) {
    return reject("badRow", "description must be a string or null.");
  }
  if (typeof completed !== "boolean") return reject("badRow", "completed must be a boolean.");

  const times = [createdAt, ...fields.map((field) => stamps[field])];
  if (deletedAt !== null) times.push(deletedAt);
  if (!times.every(isMoment)) {
    return reject("badStamp", "Times must be whole milliseconds between 0 and 2^53-1.");
  }
  if (times.some((time) => time > now + farFutureMs)) {
    return reject("farFuture", "A time is more than a year ahead. Check this device's clock.");
  }

  const parsedTitle = parseTitle(title);
  if (!parsedTitle.ok) return reject(parsedTitle.code, parsedTitle.message);
  const parsedDescription = parseDescription(description ?? "");
  if (!parsedDescription.ok) return reject(parsedDescription.code, parsedDescription.message);

  const register = <T>(of: T, field: (typeof fields)[number]): Register<T> => ({
    value: of,
    at: moment(stamps[field]),
  });
  return {
    id: clientId,
    createdAt: moment(createdAt),
    title: register(parsedTitle.value, "title"),
    description: register(parsedDescription.value, "description"),
    completed: register(completed, "completed"),
    deletedAt: register(deletedAt === null ? null : moment(deletedAt), "deletedAt"),
  };
}

/** A todo without what people wrote. Its id, stamps and deletion stay for ever. */
export function withoutPayload(todo: Todo): Todo {
  return {
    ...todo,
    title: { ...todo.title, value: "" },
    description: { ...todo.description, value: null },
  };
}

/** Whether the payload of this todo was taken away: no other todo has an empty title. */
export const isStripped = (todo: Todo) => todo.title.value === "" && isDeleted(todo);

/** Whether a value is a moment: a whole number of milliseconds, 0..=2^53-1. */
export const isMoment = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

const rowKeys = [
  ...["clientId", "createdAt", "title", "description", "completed", "deletedAt", "stamps"],
];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const isId = (value: unknown): value is string => typeof value === "string" && uuid.test(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unknownKey = (record: Record<string, unknown>, known: readonly string[]) =>
  Object.keys(record).find((key) => !known.includes(key));

/** Minus zero is a moment like zero; it is kept as zero. */
const moment = (value: unknown) => Number(value) + 0;
