// Signing keys and the tokens made with them.
import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from "jose";
import { readJson, replaceFile } from "../journal.ts";
import type { Session, User } from "./directory.ts";

const ALGORITHM = "RS256";

export class Tokens {
  readonly settings = {
    /** Seconds; tests make them short. Below ten, Convex's clients refresh without end. */
    session: 60,
    convex: 600,
    /** "convex" where the account uses Clerk's Convex integration instead of a template. */
    sessionAudience: null as string | null,
    /** Whether there is a JWT template named "convex", and what it says `aud` is. */
    template: true,
    templateAudience: "convex",
  };

  /** The instance's address. */
  issuer = "";

  private constructor(
    private readonly path: string,
    /** Private keys: the one that signs, and the one before, whose tokens still live. */
    private keys: JWK[],
  ) {}

  static async open(path: string): Promise<Tokens> {
    const tokens = new Tokens(path, readJson<JWK[]>(path, []));
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
    const keys = this.keys.map(({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use }));
    return { keys };
  }

  forSession(session: Session): Promise<string> {
    const aud = this.settings.sessionAudience;
    const claims = { sid: session.id, sts: "active", v: 2, fva: [0, -1] };
    const all = aud === null ? claims : { ...claims, aud };
    return this.#sign(session.userId, all, this.settings.session);
  }

  /** The JWT template named "convex", with the claims that the app's guide gives it. */
  forConvex({ id, email, first, last }: User): Promise<string> {
    const aud = this.settings.templateAudience;
    const claims = { aud, email, name: `${first} ${last}`.trim(), role: "user" };
    return this.#sign(id, claims, this.settings.convex);
  }

  async #sign(sub: string, claims: object, lifetime: number): Promise<string> {
    const [key = {}] = this.keys;
    const iat = Math.floor(Date.now() / 1000);
    const times = { iat, nbf: iat - 10, exp: iat + lifetime };
    return new SignJWT({ iss: this.issuer, sub, ...claims, ...times, jti: randomUUID() })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid ?? "", typ: "JWT" })
      .sign(await importJWK(key, ALGORITHM));
  }
}
