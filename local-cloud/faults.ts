// What a test makes go wrong, for one of the two services.
import { setTimeout as pass } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Handler } from "./http.ts";

export const KINDS = ["cut", "delay", "drop_reply", "duplicate", "error", "refuse_tokens"] as const;

export type Fault = {
  kind: (typeof KINDS)[number];
  /** Part of the URL's path, the function's name or the body; every request where there is none. */
  match?: string;
  /** How often it strikes; until it is lifted where there is none. */
  times?: number;
  /** Of a delay, in milliseconds. */
  ms?: number;
  /** Of an error, the HTTP status; and its Retry-After, in seconds. */
  status?: number;
  retryAfter?: number;
};

export class Faults {
  inForce: Fault[] = [];
  /** Ends the connections that are open. */
  disconnect: () => void = () => undefined;

  /** The first fault of a kind that strikes here. It counts as one of its times. */
  strikes(kind: Fault["kind"], subject: string): Fault | undefined {
    const strikes = (each: Fault) => each.kind === kind && subject.includes(each.match ?? "");
    const fault = this.inForce.find(strikes);
    if (fault?.times !== undefined && --fault.times <= 0) {
      this.inForce = this.inForce.filter((each) => each !== fault);
    }
    return fault;
  }

  async delay(subject: string): Promise<void> {
    const fault = this.strikes("delay", subject);
    if (fault) await pass(fault.ms ?? 1000);
  }

  /** The same handler behind a network that does as the faults say. */
  guard(handler: Handler): Handler {
    return async (request, node) => {
      if (this.inForce.length === 0) return handler(request, node);
      const subject = `${new URL(request.url).pathname} ${await request.clone().text()}`;
      const dropped = () => {
        node.incoming.socket.destroy();
        return RESPONSE_ALREADY_SENT;
      };
      if (this.strikes("cut", subject)) return dropped();
      await this.delay(subject);
      const error = this.strikes("error", subject);
      if (error) return refusal(error);
      if (this.strikes("duplicate", subject)) await handler(request.clone(), node);
      const response = await handler(request, node);
      return this.strikes("drop_reply", subject) ? dropped() : response;
    };
  }
}

/** In all shapes at once: Clerk's list, Convex's code and message, and (560) a function's refusal. */
function refusal({ status = 500, retryAfter }: Fault): Response {
  const code = status === 429 ? "too_many_requests" : "internal_error";
  const coded = { code, message: `A fault control answers ${status}.` };
  const failed = { status: "error", errorMessage: coded.message, errorData: coded };
  const body = { errors: [{ ...coded, long_message: coded.message }], ...coded, ...failed };
  const headers = retryAfter === undefined ? {} : { "retry-after": `${retryAfter}` };
  return Response.json(body, { status, headers } as ResponseInit);
}
