// What a caller is told when something is refused: a code to act on, a message for people.
import { ConvexError } from "convex/values";
import type { TextCode } from "./text";

/** The codes of whole calls that are refused. Those of single rows are in wire.ts. */
export type Code =
  | "unauthenticated"
  | "unknownUser"
  | "notFound"
  | "badRequest"
  | "badLimit"
  | "badCursor"
  | "staleEpoch"
  | "tooManyRows"
  | "tooLarge"
  | "nameEmpty"
  | "nameTooLong"
  | TextCode;

/** Throws the error that reaches the client as `{code, message}`; the transaction is undone. */
export function refuse(code: Code, message: string): never {
  throw new ConvexError({ code, message });
}
