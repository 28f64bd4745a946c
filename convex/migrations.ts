// Changes to rows that are stored already. Each can be run again: it passes what it did before.
import { Migrations } from "@convex-dev/migrations";
import { v } from "convex/values";
import { components, internal } from "./_generated/api";
import type { DataModel } from "./_generated/dataModel";
import { internalMutation } from "./_generated/server";
import { newEpoch, todoOf, write } from "./store";

const migrations = new Migrations<DataModel>(components.migrations, { internalMutation });

/**
 * Gives todos of the guide's schema an id, stamps and a rev: `npx convex run migrations:carryOver`,
 * once, on a deployment that has such todos. It goes on by itself, batch after batch.
 *
 * Each gets the next rev of its user in the transaction that carries it over: a pull before that
 * does not meet it, a pull after that does, whatever its cursor. Clients may go on meanwhile; a todo
 * that one of them edits is carried over by that edit.
 */
export const carryOver = migrations.define({
  table: "todos",
  batchSize: 100,
  migrateOne: async (ctx, doc) => {
    if (doc.rev !== undefined) return;
    // Of a user who is gone there is nobody to carry it over for.
    if (!(await ctx.db.get("users", doc.userId))) return;
    await write(ctx, doc.userId, [{ doc, todo: todoOf(doc) }]);
  },
});

const headBatch = 200;

/**
 * Gives every user another epoch: `npx convex run migrations:replaceEpochs` after a backup was
 * restored. Devices then pull from 0, their unsynced edits untouched.
 */
export const replaceEpochs = internalMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("syncHeads")
      .withIndex("by_creation_time")
      .paginate({ numItems: headBatch, cursor });
    for (const head of page) {
      const epoch = newEpoch();
      await ctx.db.patch("syncHeads", head._id, { epoch });
      await ctx.db.patch("users", head.userId, { epoch });
    }
    if (!isDone) {
      const next = { cursor: continueCursor };
      await ctx.scheduler.runAfter(0, internal.migrations.replaceEpochs, next);
    }
    return null;
  },
});
