// Convex's HTTP API (docs.convex.dev/http-api) and the one of its official HTTP client.
import { jsonToConvex, type JSONValue, type Value } from "convex/values";
import type { UserIdentity } from "convex/server";
import { TokenRefused } from "./auth.ts";
import type { Deployment } from "./deployment.ts";
import { encodeTs } from "./protocol.ts";
import type { Kind } from "./functions.ts";

type Body = { path: string; args?: unknown; format?: string };

export async function answerApi(request: Request, deployment: Deployment): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method === "OPTIONS") return json({});
  const endpoint = /^\/api\/(?:[0-9.]+\/)?(\w+)$/.exec(pathname)?.[1];
  const kind = endpoint === "query_at_ts" ? "query" : endpoint;
  if (kind === "query_ts") return json({ ts: encodeTs(deployment.ts) });
  if (kind !== "query" && kind !== "mutation" && kind !== "action") {
    return json({ code: "NotFound", message: `There is nothing at ${pathname}.` }, 404);
  }
  try {
    const identity = await identityOf(request, deployment);
    return json(await run(kind, (await request.json()) as Body, identity, deployment));
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    return json({ code: "Unauthenticated", message: error.message }, 401);
  }
}

/** HTTP actions; as in a deployment, a token that is refused means nobody. */
export async function answerSite(request: Request, deployment: Deployment): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const identity = await identityOf(request, deployment).catch(() => null);
  const { method, headers } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  const init = { method, headers, ...(hasBody && { body: await request.arrayBuffer() }) };
  return deployment.runtime.fetch(pathname + search, init, identity);
}

async function run(kind: Kind, body: Body, identity: UserIdentity | null, deployment: Deployment) {
  const args = (Array.isArray(body.args) ? (body.args as unknown[])[0] : body.args) ?? {};
  const outcome = await deployment.call(kind, { path: body.path, args, identity });
  const encode = (value: JSONValue) =>
    body.format === "convex_encoded_json" ? value : plain(jsonToConvex(value));
  const { logLines } = outcome;
  if (outcome.ok) return { status: "success", value: encode(outcome.value), logLines };
  const errorData = outcome.data === undefined ? {} : { errorData: encode(outcome.data) };
  return { status: "error", errorMessage: outcome.message, ...errorData, logLines };
}

async function identityOf(request: Request, deployment: Deployment): Promise<UserIdentity | null> {
  const token = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return token === undefined ? null : (await deployment.authenticate(token)).identity;
}

/** The format "json": integers of 64 bits as texts, bytes as base64. */
function plain(value: Value | undefined): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

const json = (body: object, status = 200): Response => {
  const headers = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*, authorization",
  };
  return Response.json(body, { status, headers });
};
