// Convex on loopback: a deployment behind the sync WebSocket, the HTTP API and HTTP actions; its crons.
import { Hono, type Context } from "hono";
import { cors } from "hono/cors";
import { WebSocketServer } from "ws";
import { listen } from "../http.ts";
import { TokenRefused } from "./auth.ts";
import { startCrons } from "./crons.ts";
import { openDeployment, type Deployment } from "./deployment.ts";
import { syncSession } from "./sync-session.ts";

export type Convex = Awaited<ReturnType<typeof startConvex>>;
type Ports = { convex?: number; site?: number };

/** `folder` is the convex/ folder. */
export async function startConvex(folder: string, dataFolder: string, ports: Ports) {
  const deployment = await openDeployment(folder, dataFolder);
  const { faults } = deployment;
  const api = await listen(ports.convex ?? 0, faults.guard(httpApi(deployment).fetch));
  const site = await listen(ports.site ?? 0, faults.guard(httpActions(deployment).fetch));
  const sockets = new WebSocketServer({ server: api.server });
  sockets.on("connection", (socket, { url = "" }) => {
    if (faults.strikes("cut", url)) socket.terminate();
    else syncSession(socket, deployment);
  });
  faults.disconnect = () => {
    for (const socket of sockets.clients) socket.terminate();
    for (const { server } of [api, site]) server.closeAllConnections();
  };
  const crons = startCrons(deployment);
  const close = () => {
    crons.stop();
    faults.disconnect();
    for (const each of [api, site, deployment]) each.close();
  };
  return { deployment, crons, faults, url: api.url, siteUrl: site.url, close };
}

/** Convex's HTTP API (docs.convex.dev/http-api) and the one of its official HTTP client. */
function httpApi(deployment: Deployment): Hono {
  const api = new Hono();
  api.use(cors());
  api.onError((error, c) => {
    const code = error instanceof TokenRefused ? "Unauthenticated" : "BadRequest";
    return c.json({ code, message: error.message }, code === "Unauthenticated" ? 401 : 400);
  });
  api.notFound((c) => c.json({ code: "NotFound", message: `Nothing is at ${c.req.path}.` }, 404));

  api.get("/version", (c) => c.text("local-cloud"));
  for (const kind of ["query", "mutation", "action"] as const) {
    api.post(`/api/${kind}`, async (c) => {
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
    return deployment.as(identity).fetch(pathname + search, c.req.raw);
  });
}

async function identityOf(c: Context, deployment: Deployment) {
  const token = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return token === undefined ? null : (await deployment.authenticate(token)).identity;
}
