// Users, clients (devices) and sessions, as Clerk has them.
import { createHash, randomBytes } from "node:crypto";
import type { JWK } from "jose";
import { readText, replaceFile } from "../files.ts";

export type User = { id: string; email: string; first: string; last: string; createdAt: number };
export type Session = ReturnType<typeof newSession>;
/** The hashes of its newest tokens. */
export type Client = { id: string; tokens: string[] };
/** A hosted sign-in: from the device's request to the redeeming of its nonce. */
type Attempt = {
  clientId: string;
  redirectUrl: string;
  state: string;
  challenge: string;
  endsAt: number;
  /** Of the person who has completed it. */
  sessionId?: string;
};

const SESSION_LIFETIME = 7 * 24 * 3600 * 1000;

export type Directory = ReturnType<typeof openDirectory>;

/** What a file keeps. Whoever changes it saves it. */
export function openDirectory(path: string) {
  const kept = {
    users: {} as Record<string, User>,
    clients: {} as Record<string, Client>,
    sessions: {} as Record<string, Session>,
    /** By their ids, for the hosted page; once they are completed, by their nonces. */
    attempts: {} as Record<string, Attempt>,
    /** Private ones: the one that signs, and the one before, whose tokens still live. */
    keys: [] as JWK[],
    ...(JSON.parse(readText(path, "{}")) as object),
  };
  return Object.assign(kept, { save: () => replaceFile(path, JSON.stringify(kept)) });
}

/** In the words of Clerk's API (@clerk/shared, types/json). */
export function newSession(user: User) {
  return {
    object: "session",
    id: newId("sess"),
    user_id: user.id,
    /** None until the device has redeemed the nonce. */
    client_id: null as string | null,
    status: "active" as "active" | "removed" | "revoked" | "expired",
    expire_at: Date.now() + SESSION_LIFETIME,
    created_at: Date.now(),
  };
}

export const isActive = ({ status, expire_at }: Session): boolean =>
  status === "active" && expire_at > Date.now();

export const secret = () => randomBytes(32).toString("base64url");
export const newId = (kind: string) => `${kind}_${randomBytes(14).toString("hex")}`;
export const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");
