// Convex's sync protocol, as npm `convex` (browser/sync/protocol) and the crate `convex_sync_types` have it.
import type { JSONValue } from "convex/values";

export type AddQuery = { type: "Add"; queryId: number; udfPath: string; args: JSONValue[] };
export type Request = { requestId: number; udfPath: string; args: JSONValue[] };

export type ClientMessage =
  | { type: "Connect"; sessionId: string; maxObservedTimestamp?: string }
  | { type: "Authenticate"; tokenType: "User"; value: string; baseVersion: number }
  | { type: "Authenticate"; tokenType: "None" | "Admin"; baseVersion: number }
  | {
      type: "ModifyQuerySet";
      baseVersion: number;
      newVersion: number;
      modifications: (AddQuery | { type: "Remove"; queryId: number })[];
    }
  | ({ type: "Mutation" } & Request)
  | ({ type: "Action" } & Request)
  | { type: "Event" };

/** `ts` is the little-endian 64-bit number of a commit, in base64. */
export type Version = { querySet: number; identity: number; ts: string };

export const encodeTs = (ts: bigint): string => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ts);
  return bytes.toString("base64");
};

export const decodeTs = (ts: string): bigint => Buffer.from(ts, "base64").readBigUInt64LE();
