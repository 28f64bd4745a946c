// What the hosted pages do: take an e-mail address, and send the browser back to the app.
import { Hono } from "hono";
import { newId, newSession, secret, type Directory } from "./directory.ts";
import { formPage, messagePage, picture, userPage } from "./pages.ts";

const SVG = { "content-type": "image/svg+xml" };
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";

export function hostedPages({ users, sessions, attempts, save }: Directory): Hono {
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
    const attempt = attempts[id];
    if (!attempt || attempt.sessionId !== undefined || attempt.endsAt <= Date.now()) {
      return c.html(messagePage("This link is no longer valid", "Start again from Clove."), 410);
    }
    if (c.req.method === "GET") return c.html(formPage({ mode, attempt: id }));

    const form = (await c.req.parseBody()) as Record<string, string>;
    const typed = (name: string) => (form[name] ?? "").trim();
    const [email, first, last] = [typed("email"), typed("first_name"), typed("last_name")];
    if (!/^[^\s@<>"']+@[^\s@<>"']+$/.test(email) || email.length > 254) {
      const error = "Enter an email address, such as ada@example.com.";
      return c.html(formPage({ mode, attempt: id, email, first, last, error }), 422);
    }
    const address = email.toLowerCase();
    const known = Object.values(users).find((each) => each.email === address);
    const name = { first: first || email.replace(/@.*/, ""), last };
    const user = known ?? { id: newId("user"), email: address, ...name, createdAt: Date.now() };
    const [session, nonce] = [newSession(user), secret()];
    users[user.id] = user;
    sessions[session.id] = session;
    attempts[nonce] = { ...attempt, sessionId: session.id };
    Reflect.deleteProperty(attempts, id);
    save();

    const callback = new URL(attempt.redirectUrl);
    if (attempt.state) callback.searchParams.set("state", attempt.state);
    callback.searchParams.set("rotating_token_nonce", nonce);
    callback.searchParams.set("created_session_id", session.id);
    return c.redirect(callback.href, 303);
  });

  pages.get("/user", (c) => c.html(userPage(Object.values(users))));
  pages.get("/pictures/:id", (c) => {
    const user = users[c.req.param("id")];
    return user ? c.body(picture(user), 200, SVG) : c.notFound();
  });
  return pages;
}
