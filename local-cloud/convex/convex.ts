// Convex on loopback: a deployment behind the sync WebSocket, the HTTP API and HTTP actions; its crons.
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { listen } from "../http.ts";
import { startCrons } from "./crons.ts";
import { Deployment } from "./deployment.ts";
import { httpActions, httpApi } from "./http-api.ts";
import { SyncSession } from "./sync-session.ts";

export type Convex = Awaited<ReturnType<typeof startConvex>>;

/** `functions` is the convex/ folder. */
export async function startConvex(
  functions: string,
  dataFolder: string,
  ports: { convex?: number; site?: number },
) {
  const deployment = await Deployment.open(functions, dataFolder);
  const { faults, journal } = deployment;
  const api = await listen(ports.convex ?? 0, faults.guard(httpApi(deployment).fetch));
  const site = await listen(ports.site ?? 0, faults.guard(httpActions(deployment).fetch));
  const sockets = new WebSocketServer({
    server: api.server,
    verifyClient: ({ req }: { req: IncomingMessage }) => !faults.strikes("cut", req.url ?? ""),
  });
  const connected = (socket: WebSocket) => void new SyncSession(socket, deployment);
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
    journal.close();
  };
  return { deployment, crons, faults, url: api.url, siteUrl: site.url, close };
}
