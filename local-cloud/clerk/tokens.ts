// Signing keys and the tokens made with them.
import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from "jose";
import { readJson, replaceFile } from "../journal.ts";
import type { Session, User } from "./directory.ts";

const ALGORITHM = "RS256";

export type Tokens = Awaited<ReturnType<typeof openTokens>>;

/** `path` is the file of the keys; the issuer is known once there is an address. */
export async function openTokens(path: string) {
  /** Private keys: the one that signs, and the one before, whose tokens still live. */
  let keys = readJson<JWK[]>(path, []);
  const rotateKeys = async () => {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: `ins_${randomUUID()}`, alg: ALGORITHM };
    keys = [{ ...key, use: "sig" }, ...keys].slice(0, 2);
    replaceFile(path, JSON.stringify(keys));
  };
  while (keys.length < 2) await rotateKeys();

  const settings = {
    /** Seconds; tests make them short. Below ten, Convex's clients refresh without end. */
    session: 60,
    convex: 600,
    /** "convex" where the account uses Clerk's Convex integration instead of a template. */
    sessionAudience: null as string | null,
    /** Whether there is a JWT template named "convex", and what it says `aud` is. */
    template: true,
    templateAudience: "convex",
  };
  const sign = async (sub: string, claims: object, lifetime: number) => {
    const [key = {}] = keys;
    const iat = Math.floor(Date.now() / 1000);
    const times = { iat, nbf: iat - 10, exp: iat + lifetime };
    return new SignJWT({ iss: tokens.issuer, sub, ...claims, ...times, jti: randomUUID() })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid ?? "", typ: "JWT" })
      .sign(await importJWK(key, ALGORITHM));
  };
  const tokens = {
    issuer: "",
    settings,
    rotateKeys,
    jwks: () => ({
      keys: keys.map(({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use })),
    }),
    forSession({ id: sid, userId }: Session) {
      const claims = { sid, sts: "active", v: 2, fva: [0, -1] };
      const aud = settings.sessionAudience;
      return sign(userId, aud === null ? claims : { ...claims, aud }, settings.session);
    },
    /** The JWT template named "convex", with the claims that the app's guide gives it. */
    forConvex({ id, email, first, last }: User) {
      const name = `${first} ${last}`.trim();
      const claims = { aud: settings.templateAudience, email, name, role: "user" };
      return sign(id, claims, settings.convex);
    },
  };
  return tokens;
}
