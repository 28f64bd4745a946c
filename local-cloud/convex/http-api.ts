// Convex's HTTP API (docs.convex.dev/http-api) and the one of its official HTTP client.
import { Hono, type Context } from "hono";
import { cors } from "hono/cors";
import { TokenRefused } from "./auth.ts";
import type { Deployment } from "./deployment.ts";
import { encodeTs } from "./sync-session.ts";

/** The official client sends its arguments in a list. */
type Body = { path: string; args?: unknown };

export function httpApi(deployment: Deployment): Hono {
  const api = new Hono();
  api.use(cors());
  api.onError((error, c) => {
    const { message } = error;
    if (error instanceof TokenRefused) return c.json({ code: "Unauthenticated", message }, 401);
    if (error instanceof SyntaxError) return c.json({ code: "BadJson", message }, 400);
    return c.json({ code: "InternalServerError", message }, 500);
  });
  api.notFound((c) => c.json({ code: "NotFound", message: `Nothing is at ${c.req.path}.` }, 404));

  const run = (kind: "query" | "mutation" | "action") => async (c: Context) => {
    const identity = await identityOf(c, deployment);
    const { path, args } = await c.req.json<Body>();
    const outcome = await deployment.call(kind, { path, args: [args].flat()[0], identity });
    return c.json({ status: "value" in outcome ? "success" : "error", ...outcome });
  };
  api.post("/api/query", run("query"));
  api.post("/api/query_at_ts", run("query"));
  api.post("/api/mutation", run("mutation"));
  api.post("/api/action", run("action"));
  // Every deployment has it, without a token.
  api.get("/version", (c) => c.text("unknown"));
  api.post("/api/query_ts", (c) => c.json({ ts: encodeTs(deployment.ts) }));
  return api;
}

/** HTTP actions; as in a deployment, a token that is refused means nobody. */
export function httpActions(deployment: Deployment): Hono {
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
