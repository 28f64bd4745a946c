// Todos for other clients: a web app written to the guide works against these as it is.
//
// They go through the same registers as sync.ts, so that an edit made here reaches every device as
// any other, and edits of devices show up here. Deleted todos never do.
import { getConvexSize, v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { mutation, query, type MutationCtx } from "./_generated/server";
import { ensureUser, findUser } from "./access";
import { refuse } from "./errors";
import { edit, isDeleted, isSame, type Todo } from "./merge";
import { newClientId, todoOf, write } from "./store";
import { parseDescription, parseTitle, type Parsed } from "./text";

const todo = v.object({
  _id: v.id("todos"),
  _creationTime: v.number(),
  userId: v.id("users"),
  title: v.string(),
  description: v.optional(v.string()),
  completed: v.boolean(),
  createdAt: v.number(),
  updatedAt: v.number(),
});

/** What one answer holds at most; a longer list is read with getTodosPaginated. */
const maxListRows = 8_000;
const maxListBytes = 4 * 1024 * 1024;
const maxPageRows = 1_000;

/** The caller's todos, newest first: the newest 8,000, or 4 MiB, where there are more. */
export const getTodos = query({
  args: {},
  returns: v.array(todo),
  handler: async (ctx) => {
    const user = await findUser(ctx);
    if (!user) return [];
    const rows = ctx.db
      .query("todos")
      .withIndex("by_user", (q) => q.eq("userId", user._id).eq("tombstone", undefined))
      .order("desc");
    return await list(rows);
  },
});

export const getActiveTodos = query({
  args: {},
  returns: v.array(todo),
  handler: async (ctx) => {
    const user = await findUser(ctx);
    if (!user) return [];
    const rows = ctx.db
      .query("todos")
      .withIndex("by_user_completed", (q) =>
        q.eq("userId", user._id).eq("completed", false).eq("tombstone", undefined),
      )
      .order("desc");
    return await list(rows);
  },
});

export const getCompletedTodos = query({
  args: {},
  returns: v.array(todo),
  handler: async (ctx) => {
    const user = await findUser(ctx);
    if (!user) return [];
    const rows = ctx.db
      .query("todos")
      .withIndex("by_user_completed", (q) =>
        q.eq("userId", user._id).eq("completed", true).eq("tombstone", undefined),
      )
      .order("desc");
    return await list(rows);
  },
});

/** One page, newest first. `cursor` is the `continueCursor` of the page before. */
export const getTodosPaginated = query({
  args: { limit: v.number(), cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.object({ page: v.array(todo), isDone: v.boolean(), continueCursor: v.string() }),
  handler: async (ctx, { limit, cursor = null }) => {
    const user = await findUser(ctx);
    if (!Number.isInteger(limit) || limit < 1 || limit > maxPageRows) {
      refuse("badLimit", `A page has 1 to ${maxPageRows} todos.`);
    }
    if (!user) return { page: [], isDone: true, continueCursor: "" };
    const rows = ctx.db
      .query("todos")
      .withIndex("by_user", (q) => q.eq("userId", user._id).eq("tombstone", undefined))
      .order("desc");
    const options = { numItems: limit, cursor, maximumBytesRead: maxListBytes };
    const { page, isDone, continueCursor } = await rows
      .paginate(options)
      .catch(() => refuse("badCursor", "The cursor is none of this list. Start without one."));
    return { page: page.map(shown), isDone, continueCursor };
  },
});

export const createTodo = mutation({
  args: { title: v.string(), description: v.optional(v.string()) },
  returns: v.id("todos"),
  handler: async (ctx, args) => {
    const user = await ensureUser(ctx);
    const title = accepted(parseTitle(args.title));
    const description = accepted(parseDescription(args.description ?? ""));
    const at = Date.now();
    const made: Todo = {
      id: newClientId(at),
      createdAt: at,
      title: { value: title, at },
      description: { value: description, at },
      completed: { value: false, at },
      deletedAt: { value: null, at },
    };
    const [written] = await write(ctx, user._id, [{ doc: null, todo: made }]);
    return written?.id ?? refuse("notFound", "The todo is gone.");
  },
});

/** Changes the fields that are given; one that already holds the value is no edit. */
export const updateTodo = mutation({
  args: {
    id: v.id("todos"),
    title: v.optional(v.string()),
    description: v.optional(v.string()),
    completed: v.optional(v.boolean()),
  },
  returns: v.null(),
  handler: async (ctx, { id, title, description, completed }) => {
    const doc = await requireTodo(ctx, id);
    const values = {
      ...(title === undefined ? {} : { title: accepted(parseTitle(title)) }),
      ...(description === undefined
        ? {}
        : { description: accepted(parseDescription(description)) }),
      ...(completed === undefined ? {} : { completed }),
    };
    await apply(ctx, doc, values);
    return null;
  },
});

export const deleteTodo = mutation({
  args: { id: v.id("todos") },
  returns: v.null(),
  handler: async (ctx, { id }) => {
    const doc = await requireTodo(ctx, id);
    await apply(ctx, doc, { deletedAt: Date.now() });
    return null;
  },
});

/** The caller's living todo. Of another's, and of a deleted one, no more is said than of none. */
async function requireTodo(ctx: MutationCtx, id: Id<"todos">): Promise<Doc<"todos">> {
  const user = await ensureUser(ctx);
  const doc = await ctx.db.get("todos", id);
  if (doc?.userId !== user._id || isDeleted(todoOf(doc))) {
    refuse("notFound", "There is no such todo.");
  }
  return doc;
}

type Values = {
  title?: string;
  description?: string | null;
  completed?: boolean;
  deletedAt?: number;
};

/** Fields edited in one call are one edit: they have one stamp. */
async function apply(ctx: MutationCtx, doc: Doc<"todos">, values: Values): Promise<void> {
  const before = todoOf(doc);
  const now = Date.now();
  let after = before;
  for (const field of ["title", "description", "completed", "deletedAt"] as const) {
    const value = values[field];
    if (value === undefined || value === before[field].value) continue;
    after = { ...after, [field]: edit(before, field, value, now)[field] };
  }
  if (!isSame(before, after)) await write(ctx, doc.userId, [{ doc, todo: after }]);
}

/** Reads until the answer is full. */
async function list(rows: AsyncIterable<Doc<"todos">>) {
  const todos = [];
  let bytes = 0;
  for await (const doc of rows) {
    bytes += getConvexSize(doc);
    if (todos.length === maxListRows || bytes > maxListBytes) break;
    todos.push(shown(doc));
  }
  return todos;
}

function shown(doc: Doc<"todos">) {
  const { _id, _creationTime, userId, title, description, completed, createdAt, updatedAt } = doc;
  const about = description === undefined ? {} : { description };
  return { _id, _creationTime, userId, title, ...about, completed, createdAt, updatedAt };
}

function accepted<T>(parsed: Parsed<T>): T {
  return parsed.ok ? parsed.value : refuse(parsed.code, parsed.message);
}
