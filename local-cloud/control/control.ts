// The control port: what a test may do to the local cloud. README.md lists it.
import type { Clock } from "../clock.ts";
import type { Instance } from "../clerk/instance.ts";
import type { Deployment } from "../convex/deployment.ts";
import { KINDS, type Fault } from "../faults.ts";
import { listen, type Handler, type Listener } from "../http.ts";

type Controlled = { convex: Deployment; clerk: Instance; clock: Clock };
type Body = Record<string, unknown>;

export function startControl(port: number, controlled: Controlled): Promise<Listener> {
  return listen(port, handlerOf(controlled));
}

function handlerOf({ convex, clerk, clock }: Controlled): Handler {
  const { directory, tokens } = clerk;
  const services = { convex: convex.faults, clerk: clerk.faults };
  const faultsOf = (name: string | undefined) =>
    name === "convex" || name === "clerk"
      ? services[name]
      : refuse(`There is no service "${name}".`);

  const act = async (
    method: string,
    [noun, name, verb]: string[],
    body: Body,
  ): Promise<unknown> => {
    const isGet = method === "GET";
    switch (noun) {
      case "faults": {
        const faults = faultsOf(name);
        if (method === "POST") faults.add(asFault(body));
        if (method === "DELETE") faults.lift(verb ?? null);
        return faults.list();
      }
      case "disconnect":
        return faultsOf(name).disconnect();
      case "users":
        return directory.users();
      case "sessions": {
        if (name === undefined) return directory.sessions();
        const session = directory.session(name) ?? refuse(`There is no session "${name}".`);
        if (verb !== "expire" && verb !== "revoke") return refuse("Sessions can expire or revoke.");
        directory.end(session, verb === "expire" ? "expired" : "revoked");
        return session;
      }
      case "clock":
        if (!isGet) clock.skew = asNumber(body["skew"]);
        return { skew: clock.skew, now: clock.now() };
      case "tokens": {
        const { session, convex: template, sessionAudience } = body;
        if (session !== undefined) tokens.lifetimes.session = asNumber(session);
        if (template !== undefined) tokens.lifetimes.convex = asNumber(template);
        if (sessionAudience !== undefined)
          tokens.sessionAudience = sessionAudience as string | null;
        return { ...tokens.lifetimes, sessionAudience: tokens.sessionAudience };
      }
      case "keys":
        if (!isGet) await tokens.rotateKeys();
        return tokens.jwks();
      case "crons":
        if (name !== undefined) await convex.crons.run(decodeURIComponent(name));
        return Object.keys(convex.runtime.functions.crons);
      case "run": {
        const known = convex.runtime.functions.kinds.get(decodeURIComponent(name ?? ""));
        if (!known || isGet) return refuse(`There is no function "${name}" to run.`);
        return convex.runtime.run(known.kind, decodeURIComponent(name ?? ""), body);
      }
      default:
        return refuse("There is no such control.");
    }
  };

  return async (request) => {
    const path = new URL(request.url).pathname.split("/").slice(1);
    // A page in a browser can reach this port, but it cannot leave its origin out.
    if (request.headers.has("origin"))
      return Response.json({ error: "Not from a page." }, { status: 403 });
    try {
      const body = JSON.parse((await request.text()) || "{}") as Body;
      return Response.json((await act(request.method, path, body)) ?? null);
    } catch (error) {
      return Response.json({ error: error instanceof Error ? error.message : "" }, { status: 400 });
    }
  };
}

function asFault(body: Body): Fault {
  const kind = KINDS.find((each) => each === body["kind"]);
  return kind ? { ...body, kind } : refuse(`A fault is one of ${KINDS.join(", ")}.`);
}

const asNumber = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value)
    ? value
    : refuse(`${String(value)} is no number.`);

function refuse(message: string): never {
  throw new Error(message);
}
