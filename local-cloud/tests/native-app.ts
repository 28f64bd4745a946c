// A native app's half of the hosted sign-in, and the browser's: what it fetches and posts.
import { createHash, randomBytes } from "node:crypto";
import type { Cloud } from "../cloud.ts";

type Json = Record<string, unknown>;
export const REDIRECT = "dev.clove.todo://callback";

/** A native app that talks to Clerk's Frontend API, keeping the newest client token. */
export class NativeApp {
  token: string | null = null;
  readonly verifier = randomBytes(32).toString("hex");

  constructor(private readonly cloud: { urls: Pick<Cloud["urls"], "clerk"> }) {}

  async request(method: string, path: string, form: Record<string, string> = {}) {
    const url = `${this.cloud.urls.clerk}/v1${path}?_is_native=1&__clerk_api_version=2025-11-10`;
    const headers = this.token === null ? undefined : { authorization: `Bearer ${this.token}` };
    const body = method === "GET" ? undefined : new URLSearchParams(form);
    const init = { method, ...(headers && { headers }), ...(body && { body }) };
    const response = await fetch(url, init);
    this.token = response.headers.get("authorization") ?? this.token;
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Json,
    };
  }

  /** The URL for the browser. A client that is not known yet is told its token, and asks again. */
  async begin(mode = "sign-in", state = "a state"): Promise<string> {
    const challenge = createHash("sha256").update(this.verifier).digest("base64url");
    const form = { redirect_url: REDIRECT, code_challenge: challenge, mode, state };
    let answer = await this.request("POST", "/client/hosted_auth", form);
    if (answer.status === 401) answer = await this.request("POST", "/client/hosted_auth", form);
    return ((answer.body["response"] as Json)["url"] as string) ?? "";
  }

  async redeem(callback: URL, verifier = this.verifier) {
    const nonce = callback.searchParams.get("rotating_token_nonce") ?? "";
    const form = { _method: "GET", rotating_token_nonce: nonce, code_verifier: verifier };
    return this.request("POST", "/client", form);
  }

  /** Signs in as a person with a browser would; answers the session's id. */
  async signIn(email: string): Promise<string> {
    const callback = await submit(await this.begin(), { email });
    await this.redeem(callback);
    return callback.searchParams.get("created_session_id") ?? "";
  }

  async convexToken(session: string): Promise<string> {
    const answer = await this.request("POST", `/client/sessions/${session}/tokens/convex`);
    return answer.body["jwt"] as string;
  }
}

/** Sends the hosted page's form, and gives the address that the browser is sent to. */
export async function submit(url: string, fields: Record<string, string>): Promise<URL> {
  const page = await (await fetch(url)).text();
  const target = /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? "";
  const response = await fetch(new URL(target.replaceAll("&#38;", "&"), url), {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  return new URL(response.headers.get("location") ?? "about:blank");
}
