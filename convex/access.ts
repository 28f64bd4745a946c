// Who is calling. Every public function passes here first.
import type { UserIdentity } from "convex/server";
import type { Doc } from "./_generated/dataModel";
import type { MutationCtx, QueryCtx } from "./_generated/server";
import { refuse } from "./errors";

/** The claims of the caller's token. Without one nothing is answered, not even an empty list. */
export async function requireIdentity(ctx: QueryCtx | MutationCtx): Promise<UserIdentity> {
  const identity = await ctx.auth.getUserIdentity();
  return identity ?? refuse("unauthenticated", "Sign in first.");
}

/** The caller, or null who has a token but was never here. */
export async function findUser(ctx: QueryCtx | MutationCtx): Promise<Doc<"users"> | null> {
  const { subject } = await requireIdentity(ctx);
  return await ctx.db
    .query("users")
    .withIndex("by_clerk_id", (q) => q.eq("clerkId", subject))
    .unique();
}

/** The caller, made from the token's claims where this is the first call. */
export async function ensureUser(ctx: MutationCtx): Promise<Doc<"users">> {
  const user = await findUser(ctx);
  if (user) return user;
  const identity = await requireIdentity(ctx);
  const now = Date.now();
  const id = await ctx.db.insert("users", {
    ...claimsOf(identity),
    clerkId: identity.subject,
    createdAt: now,
    updatedAt: now,
  });
  return (await ctx.db.get("users", id)) ?? refuse("unknownUser", "The user is gone.");
}

/** The caller as the token says, now. A name that was edited here stays as it was edited. */
export async function refreshUser(ctx: MutationCtx): Promise<Doc<"users">> {
  const user = await ensureUser(ctx);
  const { email, name, claimedName, role, imageUrl } = claimsOf(await requireIdentity(ctx));
  const renamed = claimedName !== undefined && claimedName !== user.claimedName;
  const known = user.claimedName !== undefined || user.name === "";
  const next = {
    // A token without a claim says nothing about it.
    email: email === "" ? user.email : email,
    name: renamed && known ? name : user.name,
    claimedName: claimedName ?? user.claimedName,
    role: role ?? user.role,
    imageUrl: imageUrl ?? user.imageUrl,
  };
  const keys = ["email", "name", "claimedName", "role", "imageUrl"] as const;
  if (keys.every((key) => next[key] === user[key])) return user;
  const changed = definedOnly({ ...next, updatedAt: Date.now() });
  await ctx.db.patch("users", user._id, changed);
  return { ...user, ...changed };
}

function claimsOf(identity: UserIdentity) {
  const { name: claimedName, email = "", pictureUrl: imageUrl, role } = identity;
  return {
    email,
    name: claimedName ?? identity.givenName ?? email.split("@")[0] ?? "",
    ...definedOnly({ claimedName, imageUrl }),
    ...(role === "user" || role === "admin" ? { role: role as "user" | "admin" } : {}),
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** An absent field and one that is undefined are not the same to a patch. */
export function definedOnly<T extends object>(value: T): Partial<Defined<T>> {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries) as Partial<Defined<T>>;
}
