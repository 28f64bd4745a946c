// The sync of devices (state based; crates/clove-core speaks it).
//
// | call (kind)                      | answer                                             |
// |----------------------------------|----------------------------------------------------|
// | hello {} (mutation)              | {serverNow, epoch, rev, schemaVersion}             |
// | push {rows} (mutation)           | {rows, serverNow}: one answer a row, in its order  |
// | pull {epoch, since, limit} (query) | {rows, cursor, more}                             |
// | tail {} (query)                  | {epoch, rev, since, rows}: the newest rows         |
// | head {} (query)                  | {epoch, rev}: a hint to pull                       |
//
// A row, pushed: exactly {clientId, createdAt, title, description: string | null, completed,
// deletedAt: number | null, stamps: {title, description, completed, deletedAt}}. A row, answered: the
// same and `rev`. A row not taken: {clientId: string | null, rejected: {code, message}}, or, where the
// call had enough to do with the rows before it, {clientId, deferred: true}: push that one again.
// Numbers are JSON numbers (no int64): whole milliseconds, or revs, 0..2^53-1.
// Texts are trimmed, line ends become "\n", a description of nothing becomes null: adopt the answer.
//
// An answered title of "" is a tombstone older than 90 days, whose texts were taken away (description
// is null): a device that has the texts keeps them. It is never pushed (titleEmpty).
// clientIds belong to their user: the same one under two users is two todos.
//
// push takes 200 rows and 256 KiB (UTF-8 of JSON.stringify(rows)) at most. It goes through them in
// order, at least one, and stops before the stored todos that they meet come to more than 768 KiB;
// sound rows that it did not reach are deferred.
// Stamps up to 366 days ahead of the server are taken: where the newest of a batch is more than 5 s
// ahead, all its stamps go back by what is above that; createdAt is at most serverNow.
// Revs go up by 1 for each changed row.
// pull answers rows with rev > since in rev order, at most `limit` (1..500, default 500) and about
// 2 MiB. `cursor` is the next `since`; it is `since` itself where there is no row. `more` may be said of
// the last page too: then an empty one follows.
// tail is for subscriptions. It answers all rows with rev > `since` in rev order, the last of them that
// of `rev`: 8 rows and about 16 KiB at most, so none (`since` is `rev`) where the newest alone is larger.
// To a device whose cursor is not below `since` it is what a pull would answer.
//
// Errors of a whole call are ConvexError {code, message}:
// | unauthenticated          | no valid token: get one, then repeat                              |
// | unknownUser              | hello comes first                                                 |
// | staleEpoch               | another epoch (a backup was restored): hello, then pull from 0    |
// | badCursor                | `since` is no rev, or above all there are: pull from 0            |
// | badLimit, badRequest     | a bug of the caller                                               |
// | tooManyRows, tooLarge    | nothing was taken: send fewer rows                                |
// Codes of a row: badRow, unknownField, badClientId, badStamp, farFuture, titleEmpty, titleTooLong,
// descriptionTooLong, controlCharacter, loneSurrogate. The same row will be rejected again.
import { getConvexSize, v, type Value } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { mutation, query, type MutationCtx, type QueryCtx } from "./_generated/server";
import { ensureUser, findUser, refreshUser } from "./access";
import { refuse } from "./errors";
import type { Todo } from "./merge";
import { planPush, type Held } from "./plan";
import { ensureHead, todoOf, write } from "./store";
import {
  deferralValidator,
  isMoment,
  parseRow,
  rejectionValidator,
  rowValidator,
  toRow,
  type Deferral,
  type Rejection,
  type Row,
} from "./wire";

/** Raised when the rows of the wire change in a way that an older client cannot read. */
export const schemaVersion = 1;

export const maxPushRows = 200;
export const maxPushBytes = 256 * 1024;
export const maxPullRows = 500;
const maxPullBytes = 2 * 1024 * 1024;
export const maxTailRows = 8;
export const maxTailBytes = 16 * 1024;

/**
 * How much of stored todos a push meets. Convex reads a row once more when it is replaced, so it reads
 * at most twice this, and writes this and what was pushed: each is under a tenth of 16 MiB.
 */
const maxMetBytes = 768 * 1024;
/** More than any todo that a push can meet: its texts have 42,000 bytes (UTF-8) at most. */
export const maxTodoBytes = 44_000;

export const hello = mutation({
  args: {},
  returns: v.object({
    serverNow: v.number(),
    epoch: v.number(),
    rev: v.number(),
    schemaVersion: v.number(),
  }),
  handler: async (ctx) => {
    const user = await refreshUser(ctx);
    const { epoch, rev } = await ensureHead(ctx, user._id);
    return { serverNow: Date.now(), epoch, rev, schemaVersion };
  },
});

export const push = mutation({
  // Each row is read by hand, so that one that breaks a bound does not stop the others.
  args: { rows: v.array(v.any()) },
  returns: v.object({
    rows: v.array(v.union(rowValidator, rejectionValidator, deferralValidator)),
    serverNow: v.number(),
  }),
  handler: async (ctx, { rows }) => {
    const user = await ensureUser(ctx);
    checkSize(rows);
    const serverNow = Date.now();
    const read = rows.map((row: unknown) => parseRow(row, serverNow));
    const incoming = read.filter(isTodo);

    const { docs, reached } = await findInOrder(ctx, user._id, incoming);
    const held = new Map<string, Held>();
    for (const [id, doc] of docs) held.set(id, { todo: todoOf(doc), shifts: doc.shifts ?? {} });

    const plan = planPush(incoming, reached, held, serverNow);
    const changed = [...plan.values()].filter((entry) => entry.changed);
    const written = await write(
      ctx,
      user._id,
      changed.map(({ todo, shifts }) => ({ doc: docs.get(todo.id) ?? null, todo, shifts })),
    );
    // A stamp that lost is remembered too: sent again, it would be put back by less, and might win.
    for (const { todo, shifts, changed, learned } of plan.values()) {
      const doc = docs.get(todo.id);
      if (learned && !changed && doc) await ctx.db.patch("todos", doc._id, { shifts });
    }
    const revs = new Map(changed.map(({ todo }, index) => [todo.id, written[index]?.rev]));
    const taken = new Set(incoming.slice(0, reached));
    const answer = (row: (typeof read)[number]): Row | Rejection | Deferral => {
      if (!isTodo(row)) return row;
      if (!taken.has(row)) return { clientId: row.id, deferred: true };
      const { todo } = plan.get(row.id) ?? { todo: row };
      return toRow(todo, revs.get(row.id) ?? docs.get(row.id)?.rev ?? 0);
    };
    return { rows: read.map(answer), serverNow };
  },
});

export const pull = query({
  // Checked by hand, so that a malformed cursor is answered with a code.
  args: { epoch: v.any(), since: v.any(), limit: v.optional(v.any()) },
  returns: v.object({ rows: v.array(rowValidator), cursor: v.number(), more: v.boolean() }),
  handler: async (ctx, { epoch, since, limit = maxPullRows }) => {
    const user = await findUser(ctx);
    if (user?.epoch === undefined) refuse("unknownUser", "Call sync.hello first.");
    if (epoch !== user.epoch) refuse("staleEpoch", "The data was replaced. Pull all of it anew.");
    if (!isMoment(since)) refuse("badCursor", "The cursor is none. Pull from 0.");
    if (!isMoment(limit) || limit < 1 || limit > maxPullRows) {
      refuse("badLimit", `A page has 1 to ${maxPullRows} rows.`);
    }
    const { page: docs, isDone } = await ctx.db
      .query("todos")
      .withIndex("by_user_rev", (q) => q.eq("userId", user._id).gt("rev", since))
      .paginate({ numItems: limit, cursor: null, maximumBytesRead: maxPullBytes });
    if (docs.length === 0 && since > (await lastRev(ctx, user._id))) {
      refuse("badCursor", "The cursor is ahead of the data. Pull from 0.");
    }
    const rows = docs.map((doc) => toRow(todoOf(doc), doc.rev ?? 0));
    return { rows, cursor: rows.at(-1)?.rev ?? since, more: !isDone };
  },
});

export const tail = query({
  args: {},
  returns: v.object({
    epoch: v.number(),
    rev: v.number(),
    since: v.number(),
    rows: v.array(rowValidator),
  }),
  handler: async (ctx) => {
    const user = await findUser(ctx);
    if (user?.epoch === undefined) refuse("unknownUser", "Call sync.hello first.");
    const newest = await ctx.db
      .query("todos")
      .withIndex("by_user_rev", (q) => q.eq("userId", user._id).gt("rev", 0))
      .order("desc")
      .take(maxTailRows + 1);
    let bytes = 0;
    const isTooMuch = (doc: Doc<"todos">, index: number) =>
      index === maxTailRows || (bytes += getConvexSize(doc)) > maxTailBytes;
    const left = newest.findIndex(isTooMuch);
    const docs = left < 0 ? newest : newest.slice(0, left);
    const rows = docs.map((doc) => toRow(todoOf(doc), doc.rev ?? 0)).reverse();
    const { epoch } = user;
    return { epoch, rev: newest[0]?.rev ?? 0, since: newest[left]?.rev ?? 0, rows };
  },
});

export const head = query({
  args: {},
  returns: v.object({ epoch: v.number(), rev: v.number() }),
  handler: async (ctx) => {
    const user = await findUser(ctx);
    const found =
      user &&
      (await ctx.db
        .query("syncHeads")
        .withIndex("by_user", (q) => q.eq("userId", user._id))
        .unique());
    if (!found) refuse("unknownUser", "Call sync.hello first.");
    return { epoch: found.epoch, rev: found.rev };
  },
});

function checkSize(rows: Value[]): void {
  if (rows.length > maxPushRows) {
    refuse("tooManyRows", `A push has at most ${maxPushRows} rows.`);
  }
  const json = JSON.stringify(rows, (_, value: unknown) => {
    // Neither is ever part of a row, and JSON has no word for them.
    if (value instanceof ArrayBuffer) return "=".repeat(value.byteLength);
    return typeof value === "bigint" ? String(value) : value;
  });
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > maxPushBytes) refuse("tooLarge", `A push has at most ${maxPushBytes} bytes.`);
}

/**
 * What is held of the todos, in their order, and how many of them were reached within the bytes that
 * may be read. One index range an id.
 */
async function findInOrder(ctx: MutationCtx, userId: Id<"users">, incoming: Todo[]) {
  const docs = new Map<string, Doc<"todos">>();
  let reached = 0;
  let left = maxMetBytes;
  while (reached < incoming.length && left >= maxTodoBytes) {
    // As many at once as fit, however much is held of each.
    const part = incoming.slice(reached, reached + Math.floor(left / maxTodoBytes));
    const unread = [...new Set(part.map(({ id }) => id))].filter((id) => !docs.has(id));
    const found = await Promise.all(
      unread.map((id) =>
        ctx.db
          .query("todos")
          .withIndex("by_user_client_id", (q) => q.eq("userId", userId).eq("clientId", id))
          .unique(),
      ),
    );
    for (const [index, id] of unread.entries()) {
      const doc = found[index];
      if (doc) docs.set(id, doc);
      if (doc) left -= getConvexSize(doc);
    }
    reached += part.length;
  }
  return { docs, reached };
}

/** The greatest rev of all rows: rows are never removed, so the one that got it still has it. */
async function lastRev(ctx: QueryCtx, userId: Id<"users">): Promise<number> {
  const last = await ctx.db
    .query("todos")
    .withIndex("by_user_rev", (q) => q.eq("userId", userId))
    .order("desc")
    .first();
  return last?.rev ?? 0;
}

const isTodo = (row: Todo | Rejection): row is Todo => !("rejected" in row);
