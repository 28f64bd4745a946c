// What the hosted pages do: take an e-mail address, and send the browser back to the app.
import { Hono } from "hono";
import type { Attempt, Directory } from "./directory.ts";
import { formPage, messagePage, picture, userPage } from "./pages.ts";

const EMAIL = /^[^\s@<>"']+@[^\s@<>"']+$/;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";

export function hostedPages(directory: Directory): Hono {
  const pages = new Hono();
  pages.use(async (c, next) => {
    await next();
    c.header("content-security-policy", POLICY);
    c.header("referrer-policy", "no-referrer");
    c.header("cache-control", "no-store");
  });

  pages.on(["GET", "POST"], ["/sign-in", "/sign-up"], async (c) => {
    const mode = c.req.path.endsWith("/sign-up") ? "sign-up" : "sign-in";
    const id = c.req.query("attempt") ?? "";
    const attempt = directory.attempt(id);
    if (!attempt) {
      return c.html(messagePage("This link is no longer valid", "Start again from Clove."), 410);
    }
    if (c.req.method === "GET") return c.html(formPage({ mode, attempt: id }));

    const form = (await c.req.parseBody()) as Record<string, string>;
    const typed = (name: string) => (form[name] ?? "").trim();
    const [email, first, last] = [typed("email"), typed("first_name"), typed("last_name")];
    if (!EMAIL.test(email) || email.length > 254) {
      const error = "Enter an email address, such as ada@example.com.";
      return c.html(formPage({ mode, attempt: id, email, first, last, error }), 422);
    }
    directory.complete(attempt, email.toLowerCase(), first || email.replace(/@.*/, ""), last);
    return c.redirect(callback(attempt), 303);
  });

  pages.get("/user", (c) => c.html(userPage(directory.users)));
  pages.get("/pictures/:file{.+\\.svg}", (c) => {
    const user = directory.user(c.req.param("file").replace(/\.svg$/, ""));
    if (!user) return c.notFound();
    return c.body(picture(user), 200, { "content-type": "image/svg+xml" });
  });
  return pages;
}

function callback({ redirectUrl, state, nonce = "", sessionId = "" }: Attempt): string {
  const url = new URL(redirectUrl);
  if (state) url.searchParams.set("state", state);
  url.searchParams.set("rotating_token_nonce", nonce);
  url.searchParams.set("created_session_id", sessionId);
  return url.href;
}
