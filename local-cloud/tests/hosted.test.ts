// The hosted sign-in from both sides: a native app, and a browser that only posts forms.
// @ts-expect-error jsdom brings no types along.
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { cloudForTest, control, NativeApp, REDIRECT, submit } from "./kit.ts";

const parse = (html: string) => (new JSDOM(html) as { window: Window }).window.document;
type Json = Record<string, unknown>;
const errorCode = (body: Json) => (body["errors"] as { code: string }[])[0]?.code;
const sessionsOf = (body: Json) => (body["response"] as { sessions: Json[] }).sessions;

test("a new person signs up in the browser and is signed in on the device", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const url = await app.begin("sign-up", "état & more");
  expect(new URL(url).pathname).toBe("/hosted/sign-up");
  const fields = { email: " Ada@Example.com ", first_name: "Ada", last_name: "Lovelace" };
  const callback = await submit(url, fields);
  expect(callback.href.split("?")[0]).toBe(REDIRECT);
  expect([...callback.searchParams.keys()]).toEqual([
    "state",
    "rotating_token_nonce",
    "created_session_id",
  ]);
  expect(callback.searchParams.get("state")).toBe("état & more");

  const { body } = await app.redeem(callback);
  expect(body["response"]).toMatchObject({ object: "client" });
  const [session = {}] = sessionsOf(body);
  expect(session).toMatchObject({
    object: "session",
    id: callback.searchParams.get("created_session_id"),
    status: "active",
    user: {
      first_name: "Ada",
      last_name: "Lovelace",
      email_addresses: [{ email_address: "ada@example.com" }],
    },
  });
  expect(sessionsOf((await app.request("GET", "/client")).body)).toHaveLength(1);
});

test("the same address is the same person on the next device", async () => {
  const cloud = await cloudForTest();
  await new NativeApp(cloud).signIn("ada@example.com");
  await new NativeApp(cloud).signIn("ADA@example.com");
  expect(await control(cloud, "GET", "/users")).toHaveLength(1);
});

test("a nonce is good once, for the holder of the verifier, for ten minutes", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const email = { email: "ada@example.com" };
  const once = await submit(await app.begin(), email);
  expect((await app.redeem(once)).status).toBe(200);
  expect(errorCode((await app.redeem(once)).body)).toBe("rotating_token_nonce_invalid");

  const stolen = await submit(await app.begin(), email);
  expect((await app.redeem(stolen, "0".repeat(64))).status).toBe(400);
  expect((await app.redeem(stolen)).status, "a wrong verifier uses the nonce up").toBe(400);

  const late = await submit(await app.begin(), email);
  await control(cloud, "POST", "/clock", { skew: 11 * 60_000 });
  expect((await app.redeem(late)).status).toBe(400);
});

test("a device that starts anew between leaving and coming back completes all the same", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const callback = await submit(await app.begin(), { email: "ada@example.com" });
  app.token = null;
  expect(sessionsOf((await app.redeem(callback)).body)).toHaveLength(1);
  expect(app.token).not.toBeNull();
});

test("each answer carries the next token, whatever its status", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const tokens = new Set<string | null>();
  for (const path of [
    "/client/hosted_auth",
    "/client/hosted_auth",
    "/nothing",
    "/client/sessions/x/tokens",
  ]) {
    await app.request("POST", path, {});
    tokens.add(app.token);
  }
  expect(tokens.size).toBe(4);
  expect(tokens).not.toContain(null);
  app.token = "unknown";
  const answer = await app.request("POST", "/client/sessions/x/tokens");
  expect([answer.status, errorCode(answer.body)]).toEqual([401, "signed_out"]);
});

test("sign-out ends the session, and its tokens", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const id = await app.signIn("ada@example.com");
  const removed = await app.request("POST", `/client/sessions/${id}/remove`);
  expect(removed.body).toMatchObject({
    response: { id, status: "removed" },
    client: { sessions: [] },
  });
  const answer = await app.request("POST", `/client/sessions/${id}/tokens/convex`);
  expect([answer.status, errorCode(answer.body)]).toEqual([401, "authentication_invalid"]);
  const other = new NativeApp(cloud);
  const theirs = await other.signIn("bob@example.com");
  expect((await app.request("POST", `/client/sessions/${theirs}/tokens`)).status).toBe(404);
});

test.each([
  ["a page's address", { redirect_url: "https://example.com/callback" }],
  ["a script", { redirect_url: "javascript://callback" }],
  ["no address", { redirect_url: "callback" }],
  ["no challenge", { code_challenge: "" }],
])("%s is refused at the start", async (_, wrong) => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  await app.begin();
  const right = { redirect_url: REDIRECT, code_challenge: "c".repeat(43), state: "s" };
  const answer = await app.request("POST", "/client/hosted_auth", { ...right, ...wrong });
  expect([answer.status, errorCode(answer.body)]).toEqual([422, "form_param_value_invalid"]);
});

test("requests that no native app would make are refused", async () => {
  const cloud = await cloudForTest();
  const client = `${cloud.urls.clerk}/v1/client`;
  expect((await fetch(client)).status).toBe(400);
  const headers = { authorization: "Bearer x", origin: "http://127.0.0.1" };
  const answer = await fetch(`${client}?_is_native=1`, { headers });
  expect(errorCode((await answer.json()) as Json)).toBe("origin_authorization_headers_conflict");
});

test("the pages say what they are, are labelled, and need no script", async () => {
  const cloud = await cloudForTest();
  const url = await new NativeApp(cloud).begin();
  for (const mode of ["sign-in", "sign-up"]) {
    const response = await fetch(url.replace("sign-in", mode));
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const document = parse(await response.text());
    expect(document.documentElement.lang).toBe("en");
    expect(document.title).toBe(document.querySelector("h1")?.textContent);
    expect(document.body.textContent).toMatch(/stand-in for Clerk/);
    expect(document.querySelectorAll("script")).toHaveLength(0);
    for (const input of document.querySelectorAll("input")) expect(input.labels).toHaveLength(1);
    expect(document.querySelectorAll("[type=password]")).toHaveLength(0);
    expect(document.querySelector("button")?.textContent).toBeTruthy();
  }
});

test("an address that is none is asked for again, with the error tied to its field", async () => {
  const cloud = await cloudForTest();
  const url = await new NativeApp(cloud).begin();
  const body = new URLSearchParams({ email: `"><img src=x onerror=alert(1)>` });
  const response = await fetch(url, { method: "POST", body });
  expect(response.status).toBe(422);
  const document = parse(await response.text());
  const input = document.querySelector<HTMLInputElement>("#email");
  expect(input?.value).toBe(`"><img src=x onerror=alert(1)>`);
  expect(document.querySelectorAll("img")).toHaveLength(0);
  const described = document.getElementById(input?.getAttribute("aria-describedby") ?? "");
  expect(described?.textContent).toMatch(/Enter an email address/);
  expect(document.title).toMatch(/^Error/);
  const names = new URLSearchParams({ email: "ada", first_name: "Ada", last_name: `"Lovelace"` });
  const signUp = url.replace("sign-in", "sign-up");
  const again = parse(await (await fetch(signUp, { method: "POST", body: names })).text());
  const values = [...again.querySelectorAll("input")].map(({ value }) => value);
  expect(values, "what was typed stays").toEqual(["ada", "Ada", `"Lovelace"`]);
});

test("a link that was used, or never was, says so", async () => {
  const cloud = await cloudForTest();
  const url = await new NativeApp(cloud).begin();
  await submit(url, { email: "ada@example.com" });
  for (const gone of [url, `${cloud.urls.clerk}/hosted/sign-in?attempt=x`]) {
    const response = await fetch(gone);
    expect(response.status).toBe(410);
    expect(await response.text()).toMatch(/no longer valid/);
  }
});

test("the profile's page, of which the environment tells, lists who has an account", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const { body } = await app.request("GET", "/environment");
  const { user_profile_url: profile, home_url: home } = body["display_config"] as Json;
  const empty = await (await fetch(String(profile))).text();
  expect(empty).toMatch(/Nobody has an account yet/);
  await app.signIn("ada@example.com");
  for (const url of [profile, home]) {
    const document = parse(await (await fetch(String(url))).text());
    expect(document.querySelector("main")?.textContent).toContain("ada@example.com");
    expect(document.body.textContent).toMatch(/stand-in for Clerk/);
  }
});

test("a person has a picture: initials in an SVG", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const names = { email: "ada@example.com", first_name: "<ada", last_name: "Lovelace" };
  const { body } = await app.redeem(await submit(await app.begin("sign-up"), names));
  const { image_url: url } = sessionsOf(body)[0]?.["user"] as Json;
  const response = await fetch(String(url));
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
  const dom = new JSDOM(await response.text(), { contentType: "image/svg+xml" });
  expect((dom as { window: Window }).window.document.documentElement.textContent).toMatch(
    /^\s*<L\s*$/,
  );
  expect((await fetch(String(url).replace("user_", "user_0"))).status).toBe(404);
});

test("the discovery document names the issuer and its keys", async () => {
  const cloud = await cloudForTest();
  const issuer = cloud.urls.clerk;
  const document = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect(await document.json()).toMatchObject({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
  });
  const key = Buffer.from(cloud.clerk.publishableKey.replace("pk_test_", ""), "base64").toString();
  expect(`http://${key}`).toBe(`${issuer}$`);
});
