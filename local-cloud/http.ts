// What both services stand on: Hono over Node's HTTP server, on loopback alone; and the cloud's clock,
// which a test may set wrong. All that runs in the cloud is told its time by `Date`.
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve, type HttpBindings } from "@hono/node-server";

/** What answers a request, as a Hono app's `fetch` does. */
export type Handler = (request: Request, node: HttpBindings) => Response | Promise<Response>;

/** Port 0 takes a free one. Requests are answered by the clock of the caller. */
export async function listen(port: number, handler: Handler) {
  const answer = AsyncLocalStorage.bind(async (request: Request, node: unknown) => {
    const response = await handler(request, node as HttpBindings);
    response.headers.set("date", new Date().toUTCString());
    return response;
  });
  const options = { fetch: answer, hostname: "127.0.0.1", port, overrideGlobalObjects: false };
  const server = serve(options) as Server;
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, url, close: () => void server.close().closeAllConnections() };
}

/** How far a clock is ahead of the system's; or, where `at` is not 0, when it stands still; in ms. */
export type Clock = { skew: number; at: number };

const SystemDate = globalThis.Date;
const clocks = new AsyncLocalStorage<Clock>();
const now = () => {
  const { skew = 0, at = 0 } = clocks.getStore() ?? {};
  return at === 0 ? SystemDate.now() + skew : at;
};

/** Runs work by a clock, and whatever it sets off. */
export const withClock = <T>(clock: Clock, work: () => T): T => clocks.run(clock, work);

globalThis.Date = new Proxy(SystemDate, {
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
});
