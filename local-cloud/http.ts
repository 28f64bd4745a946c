// Hono's apps over Node's HTTP server, on loopback alone.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve, type HttpBindings } from "@hono/node-server";

/** What answers a request, as a Hono app's `fetch` does. */
export type Handler = (request: Request, node: HttpBindings) => Response | Promise<Response>;

const HOST = "127.0.0.1";

/**
 * Port 0 takes a free one. The handler is built once the address is known, and requests wait for it;
 * they are answered by the clock of the caller.
 */
export async function listen(port: number, build: (url: string) => Handler | Promise<Handler>) {
  const answer = AsyncLocalStorage.bind(async (request: Request, node: unknown) => {
    const response = await (await handler)(request, node as HttpBindings);
    response.headers.set("date", new Date().toUTCString());
    return response;
  });
  const options = { fetch: answer, hostname: HOST, port, overrideGlobalObjects: false };
  const server = serve(options) as Server;
  const url = new Promise<string>((listening, failed) => {
    server.once("error", failed);
    server.once("listening", () =>
      listening(`http://${HOST}:${(server.address() as AddressInfo).port}`),
    );
  });
  const handler = url.then(build);
  await handler;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { server, url: await url, close };
}
