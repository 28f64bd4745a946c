// The control port: what a test may do to the local cloud. README.md lists it.
import { Hono } from "hono";
import type { Clerk } from "./clerk/clerk.ts";
import type { Clock } from "./clock.ts";
import type { Convex } from "./convex/convex.ts";
import { KINDS, type Fault } from "./faults.ts";

type Body = Record<string, unknown>;

export function controls(convex: Convex, clerk: Clerk, clock: Clock): Hono {
  const { directory, tokens } = clerk;
  const faultsOf = (name: string) => {
    if (name === "convex") return convex.faults;
    return name === "clerk" ? clerk.faults : refuse(`There is no service "${name}".`);
  };

  const app = new Hono();
  // A page in a browser can reach this port, but it cannot leave its origin out.
  app.use(async (c, next) =>
    c.req.header("origin") === undefined ? next() : c.json({ error: "Not from a page." }, 403),
  );
  app.onError((error, c) => c.json({ error: error.message }, 400));
  app.notFound(() => refuse("There is no such control."));

  app.all("/faults/:service/:kind?", async (c) => {
    const faults = faultsOf(c.req.param("service"));
    if (c.req.method === "POST") faults.add(asFault(await c.req.json<Body>()));
    if (c.req.method === "DELETE") faults.lift(c.req.param("kind"));
    return c.json(faults.inForce);
  });
  app.post("/disconnect/:service", (c) => {
    faultsOf(c.req.param("service")).disconnect();
    return c.json(null);
  });

  app.get("/users", (c) => c.json(directory.users));
  app.get("/sessions", (c) => c.json(directory.sessions));
  app.post("/sessions/:id/:verb", (c) => {
    const { id, verb } = c.req.param();
    const session = directory.session(id) ?? refuse(`There is no session "${id}".`);
    if (verb !== "expire" && verb !== "revoke") refuse("Sessions can expire or revoke.");
    directory.end(session, verb === "expire" ? "expired" : "revoked");
    return c.json(session);
  });
  app.post("/tokens", async (c) => c.json(change(tokens.settings, await c.req.json<Body>())));
  app.post("/keys", async (c) => {
    await tokens.rotateKeys();
    return c.json(tokens.jwks());
  });
  app.post("/clock", async (c) => c.json(change(clock, await c.req.json<Body>())));

  app.post("/crons/:name?", async (c) => {
    const name = c.req.param("name");
    if (name !== undefined) await convex.crons.run(name);
    return c.json(Object.keys(convex.deployment.functions.crons));
  });
  app.post("/run/:name", async (c) => {
    const args = JSON.parse((await c.req.text()) || "{}") as Body;
    return c.json(await convex.deployment.run(c.req.param("name"), args));
  });
  return app;
}

function asFault(body: Body): Fault {
  const kind = KINDS.find((each) => each === body["kind"]);
  return kind ? { ...body, kind } : refuse(`A fault is one of ${KINDS.join(", ")}.`);
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
