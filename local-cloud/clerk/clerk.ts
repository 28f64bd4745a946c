// A Clerk instance on loopback: hosted pages, keys, discovery, and the Frontend API as far as Clerk's
// native SDKs use it to sign in and out.
import { join } from "node:path";
import { Hono, type Context } from "hono";
import { Faults } from "../faults.ts";
import { listen } from "../http.ts";
import { isActive, newId, openDirectory, secret, sha256 } from "./directory.ts";
import type { Client, Session } from "./directory.ts";
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
  const sessionJson = (session: Session) => {
    const image_url = `${tokens.issuer}/hosted/pictures/${session.user_id}.svg`;
    return { ...session, user: { ...users[session.user_id], image_url } };
  };
  const clientJson = ({ id }: Client) => {
    const all = Object.values(sessions).filter(({ client_id }) => client_id === id);
    return { object: "client", id, sessions: all.filter(isActive).map(sessionJson) };
  };

  const app = new Hono<Env>();
  app.notFound((c) => refuse(c, 404, "resource_not_found", `Nothing is at ${c.req.path}.`));
  app.route("/hosted", hostedPages(directory));
  app.get("/.well-known/jwks.json", (c) => c.json(tokens.jwks()));
  app.get("/.well-known/openid-configuration", (c) => {
    const { issuer } = tokens;
    return c.json({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  });

  const api = app.basePath("/v1");
  api.use(async (c, next) => {
    const bearer = c.req.header("authorization")?.replace(/^Bearer /i, "");
    const isNative = c.req.query("_is_native") === "1";
    if (!isNative) return refuse(c, 400, "native_api_required", "Set _is_native=1.");
    if (bearer && c.req.header("origin") !== undefined) {
      return refuse(
        c,
        400,
        "origin_authorization_headers_conflict",
        "Only one of both is allowed.",
      );
    }
    const hash = sha256(bearer ?? "");
    c.set(
      "client",
      Object.values(clients).find((client) => client.tokens.includes(hash)),
    );
    await next();
    c.header("cache-control", "no-store");
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

  // A nonce comes in a form, with a request that says that it is a GET.
  api.on(["GET", "POST"], "/client", async (c) => {
    const form = await formOf(c);
    if ((form["_method"] ?? c.req.method) !== "GET") {
      return refuse(c, 404, "resource_not_found", "There is no POST /client.");
    }
    const { rotating_token_nonce: nonce, code_verifier: verifier = "" } = form;
    if (nonce !== undefined) {
      const attempt = attempts[nonce];
      const session = sessions[attempt?.sessionId ?? ""];
      // Right or wrong, it is used up.
      Reflect.deleteProperty(attempts, nonce);
      const isHolder = sha256(verifier) === attempt?.challenge;
      if (!session || !isHolder || attempt.endsAt <= Date.now()) {
        return refuse(c, 400, "rotating_token_nonce_invalid", "Nonce or verifier is wrong.");
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
      const added = { id: newId("client"), tokens: [] };
      clients[added.id] = added;
      c.set("client", added);
      return refuse(c, 401, "signed_out", "Try again with the token of this answer.");
    }
    const form = await formOf(c);
    const { redirect_url: redirectUrl = "", code_challenge: challenge = "", state = "" } = form;
    if (!URL.canParse(redirectUrl) || /^(https?|javascript|data|file):/i.test(redirectUrl)) {
      return refuse(
        c,
        422,
        "form_param_value_invalid",
        "redirect_url needs a scheme of the app's own.",
      );
    }
    if (!/^[\w-]{43}$/.test(challenge)) {
      return refuse(
        c,
        422,
        "form_param_value_invalid",
        "code_challenge is no SHA-256 in base64url.",
      );
    }
    const id = newId("hosted");
    const endsAt = Date.now() + ATTEMPT_LIFETIME;
    attempts[id] = { clientId: client.id, redirectUrl, state, challenge, endsAt };
    const mode = form["mode"] === "sign-up" ? "sign-up" : "sign-in";
    const url = `${tokens.issuer}/hosted/${mode}?attempt=${id}`;
    return c.json({ response: { object: "hosted_auth", url }, client: null });
  });

  api.post("/client/sessions/:id/:verb/:template?", async (c) => {
    const { id, verb, template } = c.req.param();
    const client = c.get("client");
    if (!client) return refuse(c, 401, "signed_out", "You are signed out.");
    const session = sessions[id];
    if (session?.client_id !== client.id)
      return refuse(c, 404, "resource_not_found", `No session ${id}.`);
    if (!isActive(session)) return refuse(c, 401, "authentication_invalid", "It has ended.");
    const user = users[session.user_id];
    const isConvex = template === "convex" && tokens.settings.template;
    if (verb === "tokens" && user && (template === undefined || isConvex)) {
      const jwt = isConvex ? tokens.forConvex(user) : tokens.forSession(session);
      return c.json({ object: "token", jwt: await jwt });
    }
    if (template !== undefined || (verb !== "remove" && verb !== "touch")) {
      return refuse(c, 404, "resource_not_found", `There is no ${verb} ${template}.`);
    }
    if (verb === "remove") session.status = "removed";
    return c.json({ response: sessionJson(session), client: clientJson(client) });
  });

  const { server, url, close } = await listen(port, faults.guard(app.fetch));
  tokens.issuer = url;
  faults.disconnect = () => server.closeAllConnections();
  const publishableKey = `pk_test_${btoa(`${new URL(url).host}$`)}`;
  return { faults, directory, tokens, url, publishableKey, close };
}

/** An answer with one of Clerk's codes. */
const refuse = (c: Context, status: 400 | 401 | 404 | 422, code: string, message: string) =>
  c.json({ errors: [{ code, message, long_message: message }], meta: {} }, status);

/** The texts of a form. */
const formOf = async (c: Context) => (await c.req.parseBody()) as Record<string, string>;
