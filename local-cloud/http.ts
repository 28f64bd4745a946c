// Hono's apps over Node's HTTP server, on loopback alone.
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
