// Which tokens the Convex stand-in takes, and how its clients learn that one is refused.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyToken } from "@clerk/backend";
import {
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWK,
} from "jose";
import { expect, test } from "vitest";
import type { Cloud } from "../cloud.ts";
import {
  cloudForTest,
  control,
  httpClient,
  liveClient,
  NativeApp,
  temporaryFolder,
} from "./kit.ts";
import { mutation, query, tokenFor, watch } from "./kit.ts";

const me = query("notes:whoAmI");

test("a token of the template names the user, to both clients", async () => {
  const cloud = await cloudForTest();
  const token = await tokenFor(cloud, "ada@example.com");
  expect(await httpClient(cloud, token).query(me, {})).toBe("ada@example.com");
  const live = liveClient(cloud);
  live.setAuth(() => Promise.resolve(token));
  const seen = watch<string | null>(live, "notes:whoAmI", {});
  await seen.until((value) => value === "ada@example.com");
});

test("a question that two people ask at once is answered to each", async () => {
  const cloud = await cloudForTest();
  const ask = async (email: string) => {
    const token = await tokenFor(cloud, email);
    const live = liveClient(cloud);
    live.setAuth(() => Promise.resolve(token));
    const seen = watch<string | null>(live, "notes:whoAmI", {});
    await seen.until((value) => value === email);
  };
  await Promise.all(["ada@example.com", "bob@example.com", "ada@example.com"].map(ask));
});

test("forged tokens are refused over HTTP and over the WebSocket", async () => {
  const dataFolder = temporaryFolder();
  const cloud = await cloudForTest({ dataFolder });
  for (const [what, token] of Object.entries(await forgeries(cloud, dataFolder))) {
    await expect(httpClient(cloud, token).query(me, {}), what).rejects.toThrow(/Unauthenticated/);
    const live = liveClient(cloud);
    const isAuthenticated = await new Promise<boolean>((changed) => {
      live.setAuth(() => Promise.resolve(token), changed);
    });
    expect(isAuthenticated, what).toBe(false);
  }
});

test("a token signed by the key before the last rotation is still good, an older one is not", async () => {
  const cloud = await cloudForTest();
  const token = await tokenFor(cloud, "ada@example.com");
  await control(cloud, "POST", "/keys");
  expect(await httpClient(cloud, token).query(me, {})).toBe("ada@example.com");
  const newer = await tokenFor(cloud, "bob@example.com");
  expect(decodeProtectedHeader(newer).kid).not.toBe(decodeProtectedHeader(token).kid);
  expect(await httpClient(cloud, newer).query(me, {})).toBe("bob@example.com");
  await control(cloud, "POST", "/keys");
  await tokenFor(cloud, "ada@example.com").then((third) => httpClient(cloud, third).query(me, {}));
  await expect(httpClient(cloud, token).query(me, {})).rejects.toThrow(/Unauthenticated/);
});

test("a connection whose token expires gets a new one and goes on", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const session = await app.signIn("ada@example.com");
  const live = liveClient(cloud);
  const forced: boolean[] = [];
  live.setAuth(({ forceRefreshToken }) => {
    forced.push(forceRefreshToken);
    return app.convexToken(session);
  });
  const seen = watch<string | null>(live, "notes:whoAmI", {});
  await seen.until((value) => value === "ada@example.com");
  const before = forced.length;
  await control(cloud, "POST", "/clock", { skew: 3_600_000 });
  await live.mutation(mutation("notes:add"), { owner: "ada", text: "after the hour" });
  expect(forced.slice(before)).toContain(true);
});

test("tokens are made as Clerk's own verifier wants them", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const session = await app.signIn("ada@example.com");
  const jwks = (await (await fetch(`${cloud.urls.clerk}/.well-known/jwks.json`)).json()) as {
    keys: (JWK & { kid: string })[];
  };
  expect(jwks.keys).toHaveLength(2);
  expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  const answer = await app.request("POST", `/client/sessions/${session}/tokens`);
  const token = answer.body["jwt"] as string;
  const { kid } = decodeProtectedHeader(token);
  const key = jwks.keys.find((each) => each.kid === kid) ?? {};
  const { n = "", e = "" } = key as JWK;
  const claims = await verifyToken(token, { jwtKey: await pem(n, e) });
  expect(claims).toMatchObject({ sid: session, iss: cloud.urls.clerk });
  expect(claims.exp - claims.iat).toBe(60);

  const convex = await app.convexToken(session);
  const again = await app.convexToken(session);
  expect(decodeJwt(convex)).toMatchObject({ aud: "convex", email: "ada@example.com", name: "ada" });
  expect(decodeJwt(convex).jti).not.toBe(decodeJwt(again).jti);
  await control(cloud, "POST", "/tokens", { convex: 30 });
  const { exp = 0, iat = 0 } = decodeJwt(await app.convexToken(session));
  expect(exp - iat).toBe(30);
});

test("a session token with Convex's audience is good where the account has the integration", async () => {
  const cloud = await cloudForTest();
  const app = new NativeApp(cloud);
  const path = `/client/sessions/${await app.signIn("ada@example.com")}/tokens`;
  const bare = (await app.request("POST", path)).body["jwt"] as string;
  await expect(httpClient(cloud, bare).query(me, {})).rejects.toThrow(/No auth provider/);
  await control(cloud, "POST", "/tokens", { sessionAudience: "convex" });
  const token = (await app.request("POST", path)).body["jwt"] as string;
  await httpClient(cloud, token).query(me, {});
  expect((await app.request("POST", `${path}/other`)).status).toBe(404);
});

/** Tokens that are wrong in one thing each; the rest of each is right. */
async function forgeries(cloud: Cloud, dataFolder: string): Promise<Record<string, string>> {
  const kept = readFileSync(join(dataFolder, "clerk.json"), "utf8");
  const [key = {}] = (JSON.parse(kept) as { keys: JWK[] }).keys;
  const right = await importJWK(key, "RS256");
  const { privateKey: stranger } = await generateKeyPair("RS256");
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now, exp: now + 600 };
  const good = { iss: cloud.urls.clerk, aud: "convex", sub: "user_x", jti: "1", ...times };
  const sign = (claims: object, by = right, kid = key.kid ?? "") =>
    new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: "RS256", kid }).sign(by);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  expect(await httpClient(cloud, await sign({})).query(me, {}), "the right one").toBeNull();
  return {
    none: `${part({ alg: "none", typ: "JWT" })}.${part(good)}.`,
    "wrong kid": await sign({}, right, "ins_unknown"),
    "another's key": await sign({}, stranger),
    "wrong iss": await sign({ iss: "http://127.0.0.1:1" }),
    "wrong aud": await sign({ aud: "another" }),
    "no aud": await sign({ aud: undefined }),
    expired: await sign({ exp: now - 1 }),
    "not yet valid": await sign({ nbf: now + 60 }),
    "no expiry": await sign({ exp: undefined }),
    "no token": "nonsense",
  };
}

async function pem(n: string, e: string): Promise<string> {
  const format = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const jwk = { kty: "RSA", n, e, alg: "RS256", ext: true };
  const key = await crypto.subtle.importKey("jwk", jwk, format, true, ["verify"]);
  const body = Buffer.from(await crypto.subtle.exportKey("spki", key)).toString("base64");
  return `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`;
}
