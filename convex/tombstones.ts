// Deleted todos keep their id and stamps for ever, and what people wrote for 90 days.
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { internalMutation } from "./_generated/server";

export const keptMs = 90 * 24 * 60 * 60 * 1000;
const batchRows = 200;

/**
 * Takes away the texts of todos that were deleted more than 90 days ago.
 * No rev is raised: devices that hold the texts lose nothing, new ones get none.
 */
export const strip = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const due = await ctx.db
      .query("todos")
      .withIndex("by_tombstone", (q) =>
        q.eq("tombstone", "whole").lt("updatedAt", Date.now() - keptMs),
      )
      .take(batchRows);
    for (const doc of due) {
      const { description: _description, ...rest } = doc;
      await ctx.db.replace("todos", doc._id, { ...rest, title: "", tombstone: "stripped" });
      const original = await ctx.db
        .query("originals")
        .withIndex("by_todo", (q) => q.eq("todoId", doc._id))
        .unique();
      if (original) await ctx.db.delete("originals", original._id);
    }
    if (due.length === batchRows) {
      await ctx.scheduler.runAfter(0, internal.tombstones.strip, {});
    }
    return null;
  },
});
