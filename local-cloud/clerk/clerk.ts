// A Clerk instance: hosted pages, keys, and the Frontend API as far as native SDKs sign in by it.
import { join } from "node:path";
import { Hono, type Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { Faults } from "../faults.ts";
import { listen } from "../http.ts";
import { isActive, newId, openDirectory, secret, sha256 } from "./directory.ts";
import type { Client, Session, User } from "./directory.ts";
import { hostedPages } from "./hosted.ts";
import { tokensOf } from "./tokens.ts";

export type Clerk = Awaited<ReturnType<typeof startClerk>>;
/** The device that asks, if its token is known. Every answer to it carries its next token. */
type Env = { Variables: { client: Client | undefined } };

const ATTEMPT_LIFETIME = 10 * 60 * 1000;
/** Answers may be lost or overtake each other, so the tokens before the newest still count. */
const TOKENS_ACCEPTED = 8;

export async function startClerk(dataFolder: string, port: number) {
  const faults = new Faults();
  const directory = openDirectory(join(dataFolder, "clerk.json"));
  const { users, clients, sessions, attempts, save } = directory;
  const tokens = await tokensOf(directory);
  const userJson = ({ id, email, first, last, createdAt }: User) => {
    const address = { id: `idn_${id}`, email_address: email };
    return {
      object: "user",
      id,
      primary_email_address_id: address.id,
      email_addresses: [address],
      first_name: first,
      last_name: last || null,
      image_url: `${tokens.issuer}/hosted/pictures/${id}`,
      created_at: createdAt,
    };
  };
  const sessionJson = (session: Session) => {
    const user = users[session.user_id];
    return { ...session, user: user ? userJson(user) : null };
  };
  const clientJson = ({ id }: Client) => {
    const all = Object.values(sessions).filter(({ client_id }) => client_id === id);
    return { object: "client", id, sessions: all.filter(isActive).map(sessionJson) };
  };

  const app = new Hono<Env>();
  app.route("/hosted", hostedPages(directory));
  app.get("/.well-known/jwks.json", (c) => c.json(tokens.jwks()));
  app.get("/.well-known/openid-configuration", (c) => {
    const { issuer } = tokens;
    return c.json({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  });

  const api = app.basePath("/v1");
  api.use(async (c, next) => {
    const bearer = c.req.header("authorization")?.replace(/^Bearer /i, "");
    if (c.req.query("_is_native") !== "1") refuse(400, "native_api_required", "Set _is_native=1.");
    if (bearer && c.req.header("origin") !== undefined) {
      refuse(400, "origin_authorization_headers_conflict", "Only one of both is allowed.");
    }
    const hash = sha256(bearer ?? "");
    const known = Object.values(clients).find((client) => client.tokens.includes(hash));
    c.set("client", known);
    await next();
    const client = c.get("client");
    if (!client) return;
    const token = secret();
    client.tokens = [sha256(token), ...client.tokens].slice(0, TOKENS_ACCEPTED);
    save();
    c.header("authorization", token);
  });

  api.get("/environment", (c) => {
    const profile = `${tokens.issuer}/hosted/user`;
    const display_config = { home_url: profile, user_profile_url: profile };
    return c.json({ object: "environment", display_config });
  });

  // A nonce comes in a form, so with a POST.
  api.on(["GET", "POST"], "/client", async (c) => {
    const { rotating_token_nonce: nonce, code_verifier: verifier = "" } = await formOf(c);
    if (nonce !== undefined) {
      const attempt = attempts[nonce];
      const session = sessions[attempt?.sessionId ?? ""];
      // Right or wrong, it is used up.
      Reflect.deleteProperty(attempts, nonce);
      const isHolder = sha256(verifier) === attempt?.challenge;
      if (!session || !isHolder || attempt.endsAt <= Date.now()) {
        refuse(400, "rotating_token_nonce_invalid", "Nonce or verifier is wrong.");
      }
      session.client_id = attempt.clientId;
      c.set("client", clients[attempt.clientId]);
    }
    const client = c.get("client");
    return c.json({ response: client ? clientJson(client) : null, client: null });
  });

  api.post("/client/hosted_auth", async (c) => {
    const client = c.get("client");
    if (!client) {
      const id = newId("client");
      c.set("client", (clients[id] = { id, tokens: [] }));
      refuse(401, "signed_out", "Try again with the token of this answer.");
    }
    const form = await formOf(c);
    const { redirect_url: redirectUrl = "", code_challenge: challenge = "", state = "" } = form;
    if (!URL.canParse(redirectUrl) || /^(https?|javascript|data|file):/i.test(redirectUrl)) {
      refuse(422, "form_param_value_invalid", "redirect_url needs a scheme of the app's own.");
    }
    if (!/^[\w-]{43}$/.test(challenge)) {
      refuse(422, "form_param_value_invalid", "code_challenge is no SHA-256 in base64url.");
    }
    const [id, endsAt] = [newId("hosted"), Date.now() + ATTEMPT_LIFETIME];
    attempts[id] = { clientId: client.id, redirectUrl, state, challenge, endsAt };
    const mode = form["mode"] === "sign-up" ? "sign-up" : "sign-in";
    const url = `${tokens.issuer}/hosted/${mode}?attempt=${id}`;
    return c.json({ response: { object: "hosted_auth", url }, client: null });
  });

  api.post("/client/sessions/:id/:verb/:template?", async (c) => {
    const { id, verb, template } = c.req.param();
    const client = c.get("client") ?? refuse(401, "signed_out", "You are signed out.");
    const session = sessions[id];
    if (session?.client_id !== client.id) refuse(404, "resource_not_found", `No session ${id}.`);
    if (!isActive(session)) refuse(401, "authentication_invalid", "It has ended.");
    const user = users[session.user_id];
    const isConvex = template === "convex" && tokens.settings.template;
    if (verb === "tokens" && user && (template === undefined || isConvex)) {
      const jwt = isConvex ? tokens.forConvex(user) : tokens.forSession(session);
      return c.json({ object: "token", jwt: await jwt });
    }
    if (verb !== "remove" || template) refuse(404, "resource_not_found", `There is no ${verb}.`);
    session.status = "removed";
    return c.json({ response: sessionJson(session), client: clientJson(client) });
  });
  app.all("*", (c) => refuse(404, "resource_not_found", `Nothing is at ${c.req.path}.`));

  const { server, url, close } = await listen(port, faults.guard(app.fetch));
  tokens.issuer = url;
  faults.disconnect = () => server.closeAllConnections();
  const publishableKey = `pk_test_${btoa(`${new URL(url).host}$`)}`;
  return { faults, directory, tokens, url, publishableKey, close };
}

/** Answers with one of Clerk's codes. */
function refuse(status: 400 | 401 | 404 | 422, code: string, message: string): never {
  const body = { errors: [{ code, message, long_message: message }], meta: {} };
  throw new HTTPException(status, { res: Response.json(body, { status }) });
}

const formOf = async (c: Context) => (await c.req.parseBody()) as Record<string, string>;
