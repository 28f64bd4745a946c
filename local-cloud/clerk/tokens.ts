// Signing keys and the tokens made with them.
import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from "jose";
import type { Clock } from "../clock.ts";
import { readJson, replaceFile } from "../journal.ts";
import type { Session, User } from "./directory.ts";

const ALGORITHM = "RS256";

export class Tokens {
  /** Seconds; tests make them short. Below ten, Convex's clients refresh without end. */
  lifetimes = { session: 60, convex: 600 };
  /** "convex" where the account uses Clerk's Convex integration instead of a template. */
  sessionAudience: string | null = null;

  private constructor(
    private readonly path: string,
    private readonly clock: Clock,
    private readonly issuer: string,
    /** Private keys: the one that signs, and the one before, whose tokens still live. */
    private keys: JWK[],
  ) {}

  static async open(path: string, clock: Clock, issuer: string): Promise<Tokens> {
    const keys = readJson<JWK[]>(path, []);
    const tokens = new Tokens(path, clock, issuer, keys);
    while (tokens.keys.length < 2) await tokens.rotateKeys();
    return tokens;
  }

  async rotateKeys(): Promise<void> {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: `ins_${randomUUID()}`, alg: ALGORITHM };
    this.keys = [{ ...key, use: "sig" }, ...this.keys].slice(0, 2);
    replaceFile(this.path, JSON.stringify(this.keys));
  }

  jwks() {
    return {
      keys: this.keys.map(({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use })),
    };
  }

  forSession(session: Session): Promise<string> {
    const aud = this.sessionAudience === null ? {} : { aud: this.sessionAudience };
    const claims = { sid: session.id, sts: "active", v: 2, fva: [0, -1], ...aud };
    return this.#sign(session.userId, claims, this.lifetimes.session);
  }

  /** The JWT template named "convex", with the claims that the app's guide gives it. */
  forConvex({ id, email, first, last }: User): Promise<string> {
    const claims = { aud: "convex", email, name: `${first} ${last}`.trim(), role: "user" };
    return this.#sign(id, claims, this.lifetimes.convex);
  }

  async #sign(subject: string, claims: object, lifetime: number): Promise<string> {
    const [key = {}] = this.keys;
    const now = Math.floor(this.clock.now() / 1000);
    return new SignJWT({ ...claims, jti: randomUUID() })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid ?? "", typ: "JWT" })
      .setIssuer(this.issuer)
      .setSubject(subject)
      .setIssuedAt(now)
      .setNotBefore(now - 10)
      .setExpirationTime(now + lifetime)
      .sign(await importJWK(key, ALGORITHM));
  }
}
