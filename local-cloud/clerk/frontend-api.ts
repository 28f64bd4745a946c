// Clerk's Frontend API, as far as its native SDKs use it to sign in and out.
import { Hono, type Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Client, Directory } from "./directory.ts";
import { resources } from "./resources.ts";
import type { Tokens } from "./tokens.ts";

/** Who asks, by the newest or a recent token. Every answer to a known client carries its next one. */
type Env = { Variables: { client: Client | undefined } };

export function frontendApi(directory: Directory, tokens: Tokens, url: string): Hono<Env> {
  const { clientJson, sessionJson } = resources(directory, url);
  const api = new Hono<Env>();
  api.onError((error, c) =>
    error instanceof Refusal
      ? c.json(errorJson(error.name, error.message), error.status)
      : c.json(errorJson("internal_error", String(error)), 500),
  );

  api.use(async (c, next) => {
    const bearer = c.req.header("authorization")?.replace(/^Bearer /i, "");
    if (c.req.query("_is_native") !== "1") {
      throw new Refusal(400, "native_api_required", "Only native clients are served.");
    }
    if (bearer && c.req.header("origin") !== undefined) {
      const message = "Setting both the Origin and the Authorization header is forbidden.";
      throw new Refusal(400, "origin_authorization_headers_conflict", message);
    }
    c.set("client", bearer ? directory.clientOf(bearer) : undefined);
    await next();
    c.header("cache-control", "no-store");
    const client = c.get("client");
    if (client) c.header("authorization", directory.rotate(client));
  });

  api.get("/environment", (c) =>
    c.json({
      object: "environment",
      auth_config: { object: "auth_config", single_session_mode: true },
      display_config: {
        object: "display_config",
        application_name: "Clove on a local cloud",
        instance_environment_type: "development",
        home_url: `${url}/hosted/user`,
        user_profile_url: `${url}/hosted/user`,
      },
    }),
  );

  // A nonce comes in a form, in a request that says it is a GET.
  api.on(["GET", "POST"], "/client", async (c) => {
    const form = await formOf(c);
    if (c.req.method === "POST" && (form["_method"] ?? c.req.query("_method")) !== "GET") {
      throw new Refusal(404, "resource_not_found", "There is no POST /client.");
    }
    const nonce = form["rotating_token_nonce"];
    if (nonce !== undefined) {
      const redeemed = directory.redeem(nonce, form["code_verifier"] ?? "");
      const message = "The nonce or its code verifier is invalid.";
      if (!redeemed) throw new Refusal(400, "rotating_token_nonce_invalid", message);
      c.set("client", redeemed);
    }
    const client = c.get("client");
    return c.json({ response: client ? clientJson(client) : null, client: null });
  });

  api.post("/client/hosted_auth", async (c) => {
    const client = c.get("client");
    if (!client) {
      c.set("client", directory.addClient());
      throw new Refusal(401, "signed_out", "Try again with the token of this answer.");
    }
    const form = await formOf(c);
    const { redirect_url: redirectUrl = "", code_challenge: challenge = "", state = "" } = form;
    const invalid = (message: string) => new Refusal(422, "form_param_value_invalid", message);
    if (!URL.canParse(redirectUrl) || /^(https?|javascript|data|file):/i.test(redirectUrl)) {
      throw invalid("redirect_url needs a scheme of the app's own.");
    }
    if (!/^[\w-]{43}$/.test(challenge)) {
      throw invalid("code_challenge is no SHA-256 in base64url.");
    }
    const id = directory.begin({ clientId: client.id, redirectUrl, challenge, state });
    const mode = form["mode"] === "sign-up" ? "sign-up" : "sign-in";
    const page = `${url}/hosted/${mode}?attempt=${id}`;
    return c.json({ response: { object: "hosted_auth", url: page }, client: null });
  });

  /** The session of a request's path, which must be the asking client's and active. */
  const sessionOf = (c: Context<Env>) => {
    const [client, id = ""] = [c.get("client"), c.req.param("id")];
    if (!client) throw new Refusal(401, "signed_out", "You are signed out.");
    const session = directory.session(id);
    if (session?.clientId !== client.id) {
      throw new Refusal(404, "resource_not_found", `No session was found with id ${id}.`);
    }
    if (session.status !== "active") {
      throw new Refusal(401, "authentication_invalid", `The session is ${session.status}.`);
    }
    return { session, client };
  };

  api.post("/client/sessions/:id/tokens", async (c) => {
    const { session } = sessionOf(c);
    return c.json({ object: "token", jwt: await tokens.forSession(session) });
  });

  api.post("/client/sessions/:id/tokens/:template", async (c) => {
    const template = c.req.param("template");
    const user = directory.user(sessionOf(c).session.userId);
    if (!user || template !== "convex" || !tokens.settings.template) {
      throw new Refusal(404, "resource_not_found", `There is no JWT template "${template}".`);
    }
    return c.json({ object: "token", jwt: await tokens.forConvex(user) });
  });

  api.on("POST", ["/client/sessions/:id/remove", "/client/sessions/:id/touch"], (c) => {
    const { session, client } = sessionOf(c);
    if (c.req.path.endsWith("/remove")) directory.end(session, "removed");
    return c.json({ response: sessionJson(session), client: clientJson(client) });
  });
  return api;
}

export const errorJson = (code: string, message: string) => ({
  errors: [{ code, message, long_message: message }],
  meta: {},
});

/** What is answered in place of what was asked for; the name is Clerk's code. */
class Refusal extends HTTPException {
  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(status, { message });
    this.name = code;
  }
}

/** The texts of a form. */
const formOf = async (c: Context): Promise<Record<string, string>> =>
  (await c.req.parseBody()) as Record<string, string>;
