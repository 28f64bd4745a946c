// What the hosted pages do: take an e-mail address, and send the browser back to the app.
import { formOf } from "../http.ts";
import type { Attempt, Directory } from "./directory.ts";
import { formPage, messagePage } from "./pages.ts";

const EMAIL = /^[^\s@<>"']+@[^\s@<>"']+$/;

export async function answerHosted(request: Request, directory: Directory): Promise<Response> {
  const url = new URL(request.url);
  const mode = url.pathname === "/hosted/sign-up" ? "sign-up" : "sign-in";
  const id = url.searchParams.get("attempt") ?? "";
  const attempt = directory.attempt(id);
  if (!attempt || attempt.nonce !== undefined) {
    return html(messagePage("This link is no longer valid", "Start again from Clove."), 410);
  }
  if (request.method !== "POST") return html(formPage({ mode, attempt: id }));

  const form = await formOf(request);
  const email = (form["email"] ?? "").trim().toLowerCase();
  if (!EMAIL.test(email) || email.length > 254) {
    const error = "Enter an email address, such as ada@example.com.";
    return html(formPage({ mode, attempt: id, email, error }), 422);
  }
  const first = form["first_name"]?.trim() || (email.split("@")[0] ?? "");
  const completed = directory.complete(attempt, email, first, form["last_name"]?.trim() ?? "");
  return new Response(null, { status: 303, headers: { location: callback(completed) } });
}

function callback({ redirectUrl, state, nonce = "", sessionId = "" }: Attempt): string {
  const url = new URL(redirectUrl);
  if (state) url.searchParams.set("state", state);
  url.searchParams.set("rotating_token_nonce", nonce);
  url.searchParams.set("created_session_id", sessionId);
  return url.href;
}

const html = (body: string, status = 200): Response => {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
  return new Response(body, { status, headers });
};
