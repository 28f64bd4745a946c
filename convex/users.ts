// The profile, for this and other clients.
import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { ensureUser, findUser, refreshUser } from "./access";
import { refuse } from "./errors";
import { characters, parseTitle } from "./text";

const nameMax = 100;

const profile = v.object({
  _id: v.id("users"),
  _creationTime: v.number(),
  clerkId: v.string(),
  email: v.string(),
  name: v.string(),
  role: v.optional(v.union(v.literal("user"), v.literal("admin"))),
  imageUrl: v.optional(v.string()),
  createdAt: v.number(),
  updatedAt: v.number(),
});

/** Makes the caller's user from the token's claims, or brings it up to date with them. */
export const createUser = mutation({
  args: {},
  returns: v.id("users"),
  handler: async (ctx) => {
    const user = await refreshUser(ctx);
    return user._id;
  },
});

/** The caller's user; null before the first createUser. */
export const getCurrentUser = query({
  args: {},
  returns: v.union(profile, v.null()),
  handler: async (ctx) => {
    const found = await findUser(ctx);
    if (!found) return null;
    const { claimedName: _claimedName, epoch: _epoch, ...shown } = found;
    return shown;
  },
});

export const updateUser = mutation({
  args: { name: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, args) => {
    const found = await ensureUser(ctx);
    if (args.name === undefined) return null;
    const name = checkName(args.name);
    if (name !== found.name)
      await ctx.db.patch("users", found._id, { name, updatedAt: Date.now() });
    return null;
  },
});

/** A name is one line, of 1 to 100 characters; otherwise the rules of a title. */
function checkName(typed: string): string {
  const parsed = parseTitle(typed);
  if (!parsed.ok) {
    if (parsed.code === "titleEmpty") refuse("nameEmpty", "A name is needed.");
    if (parsed.code === "titleTooLong") refuse("nameTooLong", `${nameMax} characters at most.`);
    refuse(parsed.code, parsed.message);
  }
  if (characters(parsed.value) > nameMax) refuse("nameTooLong", `${nameMax} characters at most.`);
  if (/[\n\t]/.test(parsed.value)) refuse("controlCharacter", "A name has no line breaks or tabs.");
  return parsed.value;
}
