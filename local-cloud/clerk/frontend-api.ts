// Clerk's Frontend API, as far as its native SDKs use it to sign in and out.
import { formOf } from "../http.ts";
import type { Client, Directory, Session } from "./directory.ts";
import { clientJson, sessionJson } from "./resources.ts";
import type { Tokens } from "./tokens.ts";

type Answer = { status?: number; body: object; client?: Client | undefined };
type Asked = { form: Record<string, string>; client: Client | undefined; origin: string };

export class FrontendApi {
  constructor(
    private readonly directory: Directory,
    private readonly tokens: Tokens,
  ) {}

  /** Every answer to a known client carries its next token. */
  async answer(request: Request): Promise<Response> {
    const { status = 200, body, client } = await this.#route(request);
    const headers: Record<string, string> = { "cache-control": "no-store" };
    if (client) headers["authorization"] = this.directory.rotate(client);
    return Response.json(body, { status, headers });
  }

  async #route(request: Request): Promise<Answer> {
    const url = new URL(request.url);
    const form = await formOf(request);
    const bearer = request.headers.get("authorization")?.replace(/^Bearer /i, "");
    if (url.searchParams.get("_is_native") !== "1") {
      return refuse(
        400,
        "native_api_required",
        "Only native clients are served: set _is_native=1.",
      );
    }
    if (bearer && request.headers.has("origin")) {
      const text = "Setting both the Origin and the Authorization header is forbidden.";
      return refuse(400, "origin_authorization_headers_conflict", text);
    }
    const client = bearer ? this.directory.clientOf(bearer) : undefined;
    const asked = { form, client, origin: url.origin };
    const method = form["_method"] ?? url.searchParams.get("_method") ?? request.method;
    const answer = await this.#resource(`${method} ${url.pathname.replace(/^\/v1/, "")}`, asked);
    return { client, ...answer };
  }

  async #resource(resource: string, asked: Asked): Promise<Answer> {
    if (resource === "GET /client") return this.#client(asked);
    if (resource === "POST /client/hosted_auth") return this.#begin(asked);
    if (resource === "GET /environment") return { body: ENVIRONMENT };
    const [, id, verb = "", template] =
      /^POST \/client\/sessions\/([^/]+)\/(tokens|remove|touch)(?:\/(.+))?$/.exec(resource) ?? [];
    if (id === undefined) return refuse(404, "resource_not_found", `There is no ${resource}.`);
    const { client } = asked;
    if (!client) return refuse(401, "signed_out", "You are signed out.");
    const session = this.directory.session(id);
    if (session?.clientId !== client.id) {
      return refuse(404, "resource_not_found", `No session was found with id ${id}.`);
    }
    if (session.status !== "active") {
      return refuse(401, "authentication_invalid", `The session is ${session.status}.`);
    }
    if (verb === "tokens") return this.#token(session, template);
    if (verb === "remove") this.directory.end(session, "removed");
    const { directory } = this;
    return {
      body: { response: sessionJson(directory, session), client: clientJson(directory, client) },
    };
  }

  #client({ form, client }: Asked): Answer {
    const nonce = form["rotating_token_nonce"];
    if (nonce === undefined) {
      return {
        body: { response: client ? clientJson(this.directory, client) : null, client: null },
      };
    }
    const redeemed = this.directory.redeem(nonce, form["code_verifier"] ?? "");
    if (!redeemed) {
      return refuse(
        400,
        "rotating_token_nonce_invalid",
        "The nonce or its code verifier is invalid.",
      );
    }
    const body = { response: clientJson(this.directory, redeemed), client: null };
    return { body, client: redeemed };
  }

  #begin({ form, client, origin }: Asked): Answer {
    if (!client) {
      const text = "You are signed out. Try again with the token of this answer.";
      return { ...refuse(401, "signed_out", text), client: this.directory.addClient() };
    }
    const { redirect_url: redirectUrl = "", code_challenge: challenge = "", state = "" } = form;
    const mode = form["mode"] === "sign-up" ? "sign-up" : "sign-in";
    if (!URL.canParse(redirectUrl) || /^(https?|javascript|data|file):/i.test(redirectUrl)) {
      return refuse(
        422,
        "form_param_value_invalid",
        "redirect_url needs a scheme of the app's own.",
      );
    }
    if (!/^[\w-]{43}$/.test(challenge)) {
      return refuse(422, "form_param_value_invalid", "code_challenge is no SHA-256 in base64url.");
    }
    const attempt = { clientId: client.id, mode, redirectUrl, challenge, state };
    const { id } = this.directory.begin(attempt);
    const url = `${origin}/hosted/${mode}?attempt=${id}`;
    return { body: { response: { object: "hosted_auth", url }, client: null } };
  }

  async #token(session: Session, template: string | undefined): Promise<Answer> {
    const user = this.directory.user(session.userId);
    if (user && template === "convex") {
      return { body: { object: "token", jwt: await this.tokens.forConvex(user) } };
    }
    if (template !== undefined) {
      return refuse(404, "resource_not_found", `There is no JWT template "${template}".`);
    }
    return { body: { object: "token", jwt: await this.tokens.forSession(session) } };
  }
}

const ENVIRONMENT = {
  object: "environment",
  auth_config: { object: "auth_config", single_session_mode: true },
  display_config: {
    object: "display_config",
    application_name: "Clove on a local cloud",
    instance_environment_type: "development",
  },
};

function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { errors: [{ code, message, long_message: message }], meta: {} } };
}
