// Each control of the control port, seen from a client.
import { expect, test } from "vitest";
import {
  cloudForTest,
  control,
  httpClient,
  liveClient,
  mutation,
  NativeApp,
  query,
  watch,
} from "./kit.ts";

const add = mutation("notes:add");
const ada = { owner: "ada", text: "x" };
const list = query("notes:list");
const isList = (count: number) => (value: unknown) =>
  Array.isArray(value) && value.length === count;

test("cut: nothing gets through until it is lifted", async () => {
  const cloud = await cloudForTest();
  const [live, http] = [liveClient(cloud), httpClient(cloud)];
  const seen = watch(live, "notes:list", { owner: "ada" });
  await seen.until(isList(0));
  await control(cloud, "POST", "/faults/convex", { kind: "cut" });
  await expect(http.mutation(add, ada)).rejects.toThrow(/fetch failed/);
  const waiting = live.mutation(add, ada);
  expect(await new NativeApp(cloud).begin(), "Clerk is another service").toBeTruthy();
  await control(cloud, "DELETE", "/faults/convex/cut");
  await waiting;
  await seen.until(isList(1));
});

test("delay: the answer comes, later", async () => {
  const cloud = await cloudForTest();
  await control(cloud, "POST", "/faults/convex", { kind: "delay", ms: 150, times: 1 });
  const start = performance.now();
  await httpClient(cloud).mutation(add, ada);
  expect(performance.now() - start).toBeGreaterThan(145);
});

test("drop_reply: what was committed stays, and no answer tells of it", async () => {
  const cloud = await cloudForTest();
  const http = httpClient(cloud);
  await control(cloud, "POST", "/faults/convex", {
    kind: "drop_reply",
    match: "notes:add",
    times: 1,
  });
  await expect(http.mutation(add, ada)).rejects.toThrow(/fetch failed/);
  expect(await http.query(list, { owner: "ada" })).toHaveLength(1);
});

test("drop_reply over the WebSocket: the client sends again, and it counts once", async () => {
  const cloud = await cloudForTest();
  const live = liveClient(cloud);
  await live.query(list, { owner: "ada" });
  await control(cloud, "POST", "/faults/convex", {
    kind: "drop_reply",
    match: "notes:add",
    times: 1,
  });
  await live.mutation(add, ada);
  expect(await live.query(list, { owner: "ada" })).toHaveLength(1);
  expect(await control(cloud, "GET", "/faults/convex")).toEqual([]);
});

test("duplicate: a request arrives twice, over HTTP and over the WebSocket", async () => {
  const cloud = await cloudForTest();
  const [live, http] = [liveClient(cloud), httpClient(cloud)];
  await control(cloud, "POST", "/faults/convex", {
    kind: "duplicate",
    match: "notes:add",
    times: 2,
  });
  await http.mutation(add, ada);
  expect(await http.query(list, { owner: "ada" })).toHaveLength(2);
  await live.mutation(add, ada);
  expect(await http.query(list, { owner: "ada" })).toHaveLength(4);
});

test("error: a status of one's choice, and when to come again", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const busy = { kind: "error", status: 429, retryAfter: 7, match: "/v1/client", times: 1 };
  await control(cloud, "POST", "/faults/clerk", busy);
  const answer = await app.request("GET", "/client");
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
  expect(answer.body["errors"]).toMatchObject([{ code: "too_many_requests" }]);
  expect((await app.request("GET", "/client")).status).toBe(200);
  await control(cloud, "POST", "/faults/convex", { kind: "error", status: 500, times: 1 });
  await expect(httpClient(cloud).mutation(add, ada)).rejects.toThrow();
  await control(cloud, "POST", "/faults/convex", { kind: "error", status: 560, times: 1 });
  const refused = httpClient(cloud).mutation(add, ada);
  await expect(refused, "as a function refuses").rejects.toMatchObject({
    data: { code: "internal_error" },
  });
});

test("refuse_tokens: Convex takes no token, good as it may be", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const token = await app.convexToken(await app.signIn("ada@example.com"));
  await control(cloud, "POST", "/faults/convex", { kind: "refuse_tokens" });
  const http = httpClient(cloud, token);
  await expect(http.query(query("notes:whoAmI"), {})).rejects.toThrow(/Unauthenticated/);
  const live = liveClient(cloud);
  const authenticated = await new Promise((changed) => live.setAuth(async () => token, changed));
  expect(authenticated).toBe(false);
  await control(cloud, "DELETE", "/faults/convex");
  expect(await http.query(query("notes:whoAmI"), {})).toBe("ada@example.com");
});

test.each([
  ["expire", "expired"],
  ["revoke", "revoked"],
])("%s: a session ends elsewhere", async (verb, status) => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const id = await app.signIn("ada@example.com");
  expect(await control(cloud, "POST", `/sessions/${id}/${verb}`)).toMatchObject({ id, status });
  expect((await app.request("POST", `/client/sessions/${id}/tokens/convex`)).status).toBe(401);
  const client = (await app.request("GET", "/client")).body["response"];
  expect(client).toMatchObject({ sessions: [] });
});

test("clock: every answer of both services is dated by it", async () => {
  const cloud = await cloudForTest();
  const skew = -86_400_000;
  await control(cloud, "POST", "/clock", { skew });
  await control(cloud, "POST", "/faults/clerk", { kind: "error", match: "/v1/nothing" });
  const { convex, site, clerk } = cloud.urls;
  for (const url of [
    `${convex}/api/query`,
    `${site}/api/protected`,
    `${clerk}/.well-known/jwks.json`,
    `${clerk}/v1/client?_is_native=1`,
    `${clerk}/v1/nothing`,
    `${clerk}/hosted/sign-in`,
  ]) {
    const dated = Date.parse((await fetch(url)).headers.get("date") ?? "");
    expect(Math.abs(Date.now() + skew - dated), url).toBeLessThan(60_000);
  }
});

test("tokens: the account has no JWT template, or one for another audience", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const path = `/client/sessions/${await app.signIn("ada@example.com")}/tokens/convex`;
  await control(cloud, "POST", "/tokens", { template: false });
  const none = await app.request("POST", path);
  expect(none.status).toBe(404);
  expect(none.body["errors"]).toMatchObject([{ code: "resource_not_found" }]);
  await control(cloud, "POST", "/tokens", { template: true, templateAudience: "other" });
  const token = (await app.request("POST", path)).body["jwt"] as string;
  const me = httpClient(cloud, token).query(query("notes:whoAmI"), {});
  await expect(me).rejects.toThrow(/No auth provider/);
  await expect(control(cloud, "POST", "/tokens", { convex: "long" })).rejects.toThrow(/no number/);
  await expect(control(cloud, "POST", "/tokens", { colour: 1 })).rejects.toThrow(/no setting/);
});

test("run: any function, internal ones too", async () => {
  const cloud = await cloudForTest();
  expect(await control(cloud, "POST", "/run/notes:tick", { by: "hand" })).toBeNull();
  expect(await control(cloud, "POST", "/run/notes:ticks")).toBe(1);
  await expect(control(cloud, "POST", "/run/notes:nothing")).rejects.toThrow(/no function/);
  await expect(control(cloud, "POST", "/run/notes:tick", { by: 1 })).rejects.toThrow(/Validator/);
});

test("the control port refuses nonsense, and pages in a browser", async () => {
  const cloud = await cloudForTest();
  await expect(control(cloud, "POST", "/faults/convex", { kind: "gremlins" })).rejects.toThrow(
    /one of/,
  );
  await expect(control(cloud, "POST", "/faults/mail", { kind: "cut" })).rejects.toThrow(
    /no service/,
  );
  await expect(control(cloud, "POST", "/clock", { skew: "much" })).rejects.toThrow(/no number/);
  await expect(control(cloud, "GET", "/nothing")).rejects.toThrow(/no such control/);
  const page = { method: "POST", headers: { origin: "http://example.com" } };
  expect((await fetch(`${cloud.urls.control}/disconnect/convex`, page)).status).toBe(403);
});
