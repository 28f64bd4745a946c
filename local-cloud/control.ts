// The control port: what a test may do to the local cloud. README.md lists it.
import { Hono } from "hono";
import type { Clerk } from "./clerk/clerk.ts";
import type { Convex } from "./convex/convex.ts";
import { KINDS, type Faults } from "./faults.ts";
import type { Clock } from "./http.ts";

type Body = Record<string, unknown>;
type Params = Record<string, string>;

export function controls(convex: Convex, clerk: Clerk, clock: Clock): Hono {
  const { directory, tokens } = clerk;
  const services: Record<string, Faults> = { convex: convex.faults, clerk: clerk.faults };
  const faultsOf = ({ service = "" }: Params) =>
    services[service] ?? refuse(`There is no service "${service}".`);

  const app = new Hono();
  // A page in a browser can reach this port, but it cannot leave its origin out.
  app.use(async (c, next) =>
    c.req.header("origin") === undefined ? next() : c.json({ error: "Not from a page." }, 403),
  );
  app.onError((error, c) => c.json({ error: error.message }, 400));
  app.notFound(() => refuse("There is no such control."));
  const on = (method: string, path: string, work: (params: Params, body: Body) => unknown) =>
    app.on(method, path, async (c) => {
      const body = JSON.parse((await c.req.text()) || "{}") as Body;
      return c.json((await work(c.req.param(), body)) ?? null);
    });

  on("GET", "/faults/:service", (params) => faultsOf(params).inForce);
  on("POST", "/faults/:service", (params, body) => {
    const faults = faultsOf(params);
    const kind = KINDS.find((each) => each === body["kind"]);
    faults.inForce.push({ ...body, kind: kind ?? refuse(`A fault is one of ${KINDS.join()}.`) });
    if (kind === "cut") faults.disconnect();
    return faults.inForce;
  });
  on("DELETE", "/faults/:service/:kind?", ({ kind, ...params }) => {
    const faults = faultsOf(params);
    return (faults.inForce = faults.inForce.filter((each) => kind && each.kind !== kind));
  });
  on("POST", "/disconnect/:service", (params) => faultsOf(params).disconnect());

  on("GET", "/users", () => Object.values(directory.users));
  on("GET", "/sessions", () => Object.values(directory.sessions));
  on("POST", "/sessions/:id/:verb{expire|revoke}", ({ id = "", verb }) => {
    const session = directory.sessions[id] ?? refuse(`There is no session "${id}".`);
    session.status = verb === "expire" ? "expired" : "revoked";
    directory.save();
    return session;
  });
  on("POST", "/tokens", (_, body) => change(tokens.settings, body));
  on("POST", "/keys", () => tokens.rotateKeys());
  on("POST", "/clock", (_, body) => change(clock, body));

  on("GET", "/crons", () => Object.keys(convex.deployment.functions.crons));
  on("POST", "/crons/:name", ({ name = "" }) => convex.crons.run(name));
  on("POST", "/run/:name", ({ name = "" }, body) => convex.deployment.run(name, body));
  return app;
}

/** Sets those of the settings that are given. */
function change<T extends object>(settings: T, body: Body): T {
  for (const [name, value] of Object.entries(body)) {
    if (!(name in settings)) refuse(`There is no setting "${name}".`);
    const isNumber = typeof settings[name as keyof T] === "number";
    if (isNumber && !Number.isFinite(value)) refuse(`${String(value)} is no number.`);
  }
  return Object.assign(settings, body);
}

function refuse(message: string): never {
  throw new Error(message);
}
