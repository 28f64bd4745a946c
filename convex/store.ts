// How todos and heads lie in the database, and the one place that writes them.
import type { Infer } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import type { MutationCtx } from "./_generated/server";
import { refuse } from "./errors";
import { isDeleted, updatedAt, type Todo } from "./merge";
import { fitted, keepOriginal } from "./originals";
import type { Shifts } from "./plan";
import { isStripped, type stampsValidator } from "./wire";

/** A todo to be written, and the row that it replaces, if any. */
export type Change = { doc: Doc<"todos"> | null; todo: Todo; shifts?: Shifts };

/** A stored row as a mergeable todo. One that was not carried over yet counts as edited at once. */
export function todoOf(doc: Doc<"todos">): Todo {
  const edited = Math.max(0, Math.floor(doc.updatedAt));
  const at = doc.stamps ?? {
    title: edited,
    description: edited,
    completed: edited,
    deletedAt: edited,
  };
  return {
    id: doc.clientId ?? newClientId(doc.createdAt),
    createdAt: Math.max(0, Math.floor(doc.createdAt)),
    title: { value: doc.title, at: at.title },
    description: { value: doc.description ?? null, at: at.description },
    completed: { value: doc.completed, at: at.completed },
    deletedAt: { value: doc.deletedAt ?? null, at: at.deletedAt },
  };
}

/** The user's head, made where there is none yet. */
export async function ensureHead(ctx: MutationCtx, userId: Id<"users">): Promise<Doc<"syncHeads">> {
  const head = await ctx.db
    .query("syncHeads")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    .unique();
  if (head) return head;
  const epoch = newEpoch();
  await ctx.db.patch("users", userId, { epoch });
  const id = await ctx.db.insert("syncHeads", { userId, epoch, rev: 0 });
  return (await ctx.db.get("syncHeads", id)) ?? refuse("unknownUser", "The user is gone.");
}

/**
 * Writes todos of one user, each with the next rev, and raises the head: all in this transaction,
 * so that no pull ever meets a rev above a row that is yet to come.
 *
 * @returns the rev of each change, in order, and the id of its row
 */
export async function write(
  ctx: MutationCtx,
  userId: Id<"users">,
  changes: Change[],
): Promise<{ rev: number; id: Id<"todos"> }[]> {
  if (changes.length === 0) return [];
  const head = await ensureHead(ctx, userId);
  const written = [];
  let { rev } = head;
  for (const { doc, todo, shifts } of changes) {
    rev += 1;
    const old = doc?.rev === undefined ? doc : null;
    const row = {
      userId,
      rev,
      ...columns(old ? await carriedOver(ctx, old, todo) : todo),
      ...kept(shifts ?? doc?.shifts),
    };
    if (doc) await ctx.db.replace("todos", doc._id, row);
    written.push({ rev, id: doc ? doc._id : await ctx.db.insert("todos", row) });
  }
  await ctx.db.patch("syncHeads", head._id, { rev });
  return written;
}

/** The texts of a row from before there were bounds, brought within them. */
async function carriedOver(ctx: MutationCtx, doc: Doc<"todos">, todo: Todo): Promise<Todo> {
  const fit = fitted(todo);
  const before = fitted(todoOf(doc));
  const cut = before.title.value !== doc.title;
  if (cut || before.description.value !== (doc.description ?? null)) await keepOriginal(ctx, doc);
  return fit;
}

/** A random whole number: two epochs are never the same by chance. */
export const newEpoch = () => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER) + 1;

/**
 * A UUID of version 7 (RFC 9562).
 * Convex seeds Math.random for each call of a mutation, and has no crypto.getRandomValues there.
 */
export function newClientId(at: number): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(Math.random() * 16).toString(16)).join("");
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0").slice(-12);
  const variant = "89ab".charAt(Math.floor(Math.random() * 4));
  const last = digits(12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${variant}${digits(3)}-${last}`;
}

function columns(todo: Todo) {
  const { description, deletedAt } = todo;
  const stamps: Infer<typeof stampsValidator> = {
    title: todo.title.at,
    description: description.at,
    completed: todo.completed.at,
    deletedAt: deletedAt.at,
  };
  return {
    clientId: todo.id,
    title: todo.title.value,
    ...(description.value === null ? {} : { description: description.value }),
    completed: todo.completed.value,
    ...(deletedAt.value === null ? {} : { deletedAt: deletedAt.value }),
    ...(isDeleted(todo) ? { tombstone: isStripped(todo) ? stripped : whole } : {}),
    createdAt: todo.createdAt,
    updatedAt: updatedAt(todo),
    stamps,
  };
}

const [whole, stripped] = ["whole", "stripped"] as const;

const kept = (shifts: Shifts | undefined) =>
  shifts && Object.keys(shifts).length > 0 ? { shifts } : {};
