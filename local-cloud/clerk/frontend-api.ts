// Clerk's Frontend API, as far as its native SDKs use it to sign in and out.
import { Hono, type Context } from "hono";
import type { Client, Directory } from "./directory.ts";
import { clientJson, sessionJson } from "./resources.ts";
import type { Tokens } from "./tokens.ts";

/** The device that asks, if its token is known. Every answer to it carries its next token. */
type Env = { Variables: { client: Client | undefined } };

export function frontendApi(directory: Directory, tokens: Tokens): Hono<Env> {
  const api = new Hono<Env>();
  api.use(async (c, next) => {
    const bearer = c.req.header("authorization")?.replace(/^Bearer /i, "");
    const isNative = c.req.query("_is_native") === "1";
    if (!isNative) return refuse(c, "native_api_required", "Set _is_native=1.");
    if (bearer && c.req.header("origin") !== undefined) {
      return refuse(c, "origin_authorization_headers_conflict", "Only one of both is allowed.");
    }
    c.set("client", bearer ? directory.clientOf(bearer) : undefined);
    await next();
    c.header("cache-control", "no-store");
    const client = c.get("client");
    if (client) c.header("authorization", directory.rotate(client));
  });

  api.get("/environment", (c) => {
    const profile = `${tokens.issuer}/hosted/user`;
    return c.json({
      object: "environment",
      auth_config: { object: "auth_config", single_session_mode: true },
      display_config: {
        object: "display_config",
        application_name: "Clove on a local cloud",
        instance_environment_type: "development",
        home_url: profile,
        user_profile_url: profile,
      },
    });
  });

  // A nonce comes in a form, with a request that says that it is a GET.
  api.on(["GET", "POST"], "/client", async (c) => {
    const form = await formOf(c);
    const method = form["_method"] ?? c.req.query("_method") ?? c.req.method;
    if (method !== "GET") return refuse(c, "resource_not_found", "There is no POST /client.");
    const nonce = form["rotating_token_nonce"];
    if (nonce !== undefined) {
      const client = directory.redeem(nonce, form["code_verifier"] ?? "");
      if (!client) return refuse(c, "rotating_token_nonce_invalid", "Nonce or verifier is wrong.");
      c.set("client", client);
    }
    const client = c.get("client");
    const response = client ? clientJson(client, directory, tokens.issuer) : null;
    return c.json({ response, client: null });
  });

  api.post("/client/hosted_auth", async (c) => {
    const client = c.get("client");
    if (!client) {
      c.set("client", directory.addClient());
      return refuse(c, "signed_out", "Try again with the token of this answer.");
    }
    const form = await formOf(c);
    const { redirect_url: redirectUrl = "", code_challenge: challenge = "", state = "" } = form;
    if (!URL.canParse(redirectUrl) || /^(https?|javascript|data|file):/i.test(redirectUrl)) {
      return refuse(c, "form_param_value_invalid", "redirect_url needs a scheme of the app's own.");
    }
    if (!/^[\w-]{43}$/.test(challenge)) {
      return refuse(c, "form_param_value_invalid", "code_challenge is no SHA-256 in base64url.");
    }
    const id = directory.begin({ clientId: client.id, redirectUrl, challenge, state });
    const mode = form["mode"] === "sign-up" ? "sign-up" : "sign-in";
    const url = `${tokens.issuer}/hosted/${mode}?attempt=${id}`;
    return c.json({ response: { object: "hosted_auth", url }, client: null });
  });

  api.post("/client/sessions/:id/:verb/:template?", async (c) => {
    const { id, verb, template } = c.req.param();
    const client = c.get("client");
    if (!client) return refuse(c, "signed_out", "You are signed out.");
    const session = directory.session(id);
    if (session?.clientId !== client.id) {
      return refuse(c, "resource_not_found", `No session was found with id ${id}.`);
    }
    if (session.status !== "active") {
      return refuse(c, "authentication_invalid", `The session is ${session.status}.`);
    }
    if (verb === "tokens") {
      const user = directory.user(session.userId);
      const isConvex = template === "convex" && tokens.settings.template;
      if (template !== undefined && !isConvex) {
        return refuse(c, "resource_not_found", `There is no JWT template "${template}".`);
      }
      const jwt = user && isConvex ? tokens.forConvex(user) : tokens.forSession(session);
      return c.json({ object: "token", jwt: await jwt });
    }
    if (verb !== "remove" && verb !== "touch") return refuse(c, "resource_not_found", verb);
    if (verb === "remove") directory.end(session, "removed");
    return c.json({
      response: sessionJson(session, directory, tokens.issuer),
      client: clientJson(client, directory, tokens.issuer),
    });
  });
  return api;
}

/** Clerk's codes, and the statuses that they come with. */
const REFUSALS = {
  native_api_required: 400,
  origin_authorization_headers_conflict: 400,
  rotating_token_nonce_invalid: 400,
  signed_out: 401,
  authentication_invalid: 401,
  resource_not_found: 404,
  form_param_value_invalid: 422,
} as const;

const refuse = (c: Context, code: keyof typeof REFUSALS, message: string) =>
  c.json(errorJson(code, message), REFUSALS[code]);

export const errorJson = (code: string, message: string) => ({
  errors: [{ code, message, long_message: message }],
  meta: {},
});

/** The texts of a form. */
const formOf = async (c: Context) => (await c.req.parseBody()) as Record<string, string>;
