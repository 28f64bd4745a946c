// Convex on loopback: a deployment behind the sync WebSocket, the HTTP API and HTTP actions; its crons.
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { Hono, type Context } from "hono";
import { cors } from "hono/cors";
import { WebSocketServer, type WebSocket } from "ws";
import { listen } from "../http.ts";
import { TokenRefused } from "./auth.ts";
import { startCrons } from "./crons.ts";
import { openDeployment, type Deployment } from "./deployment.ts";
import type { Kind } from "./functions.ts";
import { encodeTs, syncSession } from "./sync-session.ts";

export type Convex = Awaited<ReturnType<typeof startConvex>>;

/** `functions` is the convex/ folder. */
export async function startConvex(
  functions: string,
  dataFolder: string,
  ports: { convex?: number; site?: number },
) {
  const deployment = await openDeployment(functions, dataFolder);
  const { faults } = deployment;
  const api = await listen(ports.convex ?? 0, faults.guard(httpApi(deployment).fetch));
  const site = await listen(ports.site ?? 0, faults.guard(httpActions(deployment).fetch));
  const sockets = new WebSocketServer({
    server: api.server,
    verifyClient: ({ req }: { req: IncomingMessage }) => !faults.strikes("cut", req.url ?? ""),
  });
  const connected = (socket: WebSocket) => syncSession(socket, deployment);
  sockets.on("connection", AsyncLocalStorage.bind(connected));
  faults.disconnect = () => {
    for (const socket of sockets.clients) socket.terminate();
    for (const { server } of [api, site]) server.closeAllConnections();
  };
  const crons = startCrons(deployment);
  const close = async () => {
    crons.stop();
    faults.disconnect();
    await Promise.all([api.close(), site.close()]);
    deployment.isClosed = true;
  };
  return { deployment, crons, faults, url: api.url, siteUrl: site.url, close };
}

/** Convex's HTTP API (docs.convex.dev/http-api) and the one of its official HTTP client. */
function httpApi(deployment: Deployment): Hono {
  const api = new Hono();
  api.use(cors());
  api.onError((error, c) => {
    const { message } = error;
    if (error instanceof TokenRefused) return c.json({ code: "Unauthenticated", message }, 401);
    if (error instanceof SyntaxError) return c.json({ code: "BadJson", message }, 400);
    return c.json({ code: "InternalServerError", message }, 500);
  });
  api.notFound((c) => c.json({ code: "NotFound", message: `Nothing is at ${c.req.path}.` }, 404));

  api.get("/version", (c) => c.text("local-cloud"));
  api.post("/api/query_ts", (c) => c.json({ ts: encodeTs(deployment.ts) }));
  const kinds = { query: "query", query_at_ts: "query", mutation: "mutation", action: "action" };
  for (const [endpoint, kind] of Object.entries(kinds as Record<string, Kind>)) {
    api.post(`/api/${endpoint}`, async (c) => {
      const identity = await identityOf(c, deployment);
      // The official client sends its arguments in a list.
      const { path, args } = await c.req.json<{ path: string; args?: unknown }>();
      const outcome = await deployment.call(kind, { path, args: [args].flat()[0], identity });
      return c.json({ status: "value" in outcome ? "success" : "error", ...outcome });
    });
  }
  return api;
}

/** HTTP actions; as in a deployment, a token that is refused means nobody. */
function httpActions(deployment: Deployment): Hono {
  return new Hono().all("*", async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const identity = await identityOf(c, deployment).catch(() => null);
    return deployment.fetch(pathname + search, c.req.raw, identity);
  });
}

async function identityOf(c: Context, deployment: Deployment) {
  const token = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return token === undefined ? null : (await deployment.authenticate(token)).identity;
}
