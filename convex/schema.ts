import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { stampsValidator } from "./wire";

const shifts = v.optional(v.array(v.object({ from: v.number(), to: v.number() })));

export default defineSchema({
  users: defineTable({
    clerkId: v.string(),
    email: v.string(),
    name: v.string(),
    role: v.optional(v.union(v.literal("user"), v.literal("admin"))),
    imageUrl: v.optional(v.string()),
    createdAt: v.number(),
    updatedAt: v.number(),
    /** The name in the last token: one that the user edited here is kept until it changes there. */
    claimedName: v.optional(v.string()),
    /** The same as in syncHeads; here for pulls and tails, which never read that table. */
    epoch: v.optional(v.number()),
  })
    .index("by_clerk_id", ["clerkId"])
    .index("by_email", ["email"]),

  /**
   * The fields up to updatedAt are those that other clients know.
   * The optional ones below are absent in rows that migrations.ts has not carried over yet.
   */
  todos: defineTable({
    userId: v.id("users"),
    title: v.string(),
    description: v.optional(v.string()),
    completed: v.boolean(),
    createdAt: v.number(),
    updatedAt: v.number(),

    clientId: v.optional(v.string()),
    deletedAt: v.optional(v.number()),
    stamps: v.optional(stampsValidator),
    rev: v.optional(v.number()),
    /** Derived: absent while the todo lives. "stripped" once its payload was taken away. */
    tombstone: v.optional(v.union(v.literal("whole"), v.literal("stripped"))),
    /** Stamps that came from a fast clock, as sent and as kept (plan.ts). */
    shifts: v.optional(
      v.object({ title: shifts, description: shifts, completed: shifts, deletedAt: shifts }),
    ),
  })
    .index("by_user", ["userId", "tombstone"])
    .index("by_user_completed", ["userId", "completed", "tombstone"])
    .index("by_user_client_id", ["userId", "clientId"])
    .index("by_user_rev", ["userId", "rev"])
    .index("by_tombstone", ["tombstone", "updatedAt"]),

  /** One row a user: raised by every change, read by sync.head, never by a pull or a tail. */
  syncHeads: defineTable({
    userId: v.id("users"),
    epoch: v.number(),
    rev: v.number(),
  }).index("by_user", ["userId"]),

  /** Texts that did not fit the bounds when they were carried over, as they were. */
  originals: defineTable({
    todoId: v.id("todos"),
    title: v.string(),
    description: v.optional(v.string()),
  }).index("by_todo", ["todoId"]),
});
