// Signing keys and the tokens made with them.
import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";
import type { Directory, Session, User } from "./directory.ts";

const ALGORITHM = "RS256";

export type Tokens = Awaited<ReturnType<typeof tokensOf>>;

export async function tokensOf(directory: Directory) {
  const rotateKeys = async () => {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const names = { kid: `ins_${randomUUID()}`, alg: ALGORITHM, use: "sig" };
    const key = { ...(await exportJWK(privateKey)), ...names };
    directory.keys = [key, ...directory.keys].slice(0, 2);
    directory.save();
  };
  while (directory.keys.length < 2) await rotateKeys();

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
    const [key = {}] = directory.keys;
    const iat = Math.floor(Date.now() / 1000);
    const times = { iat, nbf: iat - 10, exp: iat + lifetime };
    return new SignJWT({ iss: tokens.issuer, sub, ...claims, ...times, jti: randomUUID() })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid ?? "", typ: "JWT" })
      .sign(await importJWK(key, ALGORITHM));
  };
  const tokens = {
    /** The address of the instance: known once it listens. */
    issuer: "",
    settings,
    rotateKeys,
    jwks: () => ({
      keys: directory.keys.map(({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use })),
    }),
    forSession({ id: sid, user_id }: Session) {
      const aud = settings.sessionAudience ?? undefined;
      return sign(user_id, { sid, aud, sts: "active", v: 2, fva: [0, -1] }, settings.session);
    },
    /** The JWT template named "convex", with the claims that the app's guide gives it. */
    forConvex({ id, email, first, last }: User) {
      const person = { email, name: `${first} ${last}`.trim(), role: "user" };
      return sign(id, { aud: settings.templateAudience, ...person }, settings.convex);
    },
  };
  return tokens;
}
