// Who a token speaks for, decided as a Convex deployment does: by auth.config.ts and the issuer's keys.
import type { AuthConfig, AuthProvider, UserIdentity } from "convex/server";
import { createRemoteJWKSet, decodeJwt, jwtVerify, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../clock.ts";

export type Authenticated = { identity: UserIdentity; expiresAt: number };

/** The message is for the client. */
export class TokenRefused extends Error {}

export class Authenticator {
  readonly #keys = new Map<AuthProvider, JWTVerifyGetKey>();

  constructor(
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {}

  async authenticate(token: string): Promise<Authenticated> {
    const provider = this.#providerOf(token);
    try {
      const { payload } = await jwtVerify(token, await this.#keysOf(provider), {
        algorithms: [isCustom(provider) ? provider.algorithm : "RS256"],
        ...(provider.applicationID !== undefined && { audience: provider.applicationID }),
        requiredClaims: ["exp", "iat", "sub"],
        currentDate: new Date(this.clock.now()),
      });
      const { iss = "", sub = "", exp = 0 } = payload;
      const identity: Record<string, unknown> = {};
      for (const [claim, value] of Object.entries(payload)) {
        if (!REGISTERED.has(claim)) identity[ATTRIBUTES[claim] ?? claim] = value;
      }
      const known = { issuer: iss, subject: sub, tokenIdentifier: `${iss}|${sub}` };
      return { identity: { ...identity, ...known }, expiresAt: exp * 1000 };
    } catch (error) {
      throw new TokenRefused(`Could not verify OIDC token claim: ${String(error)}`);
    }
  }

  #providerOf(token: string): AuthProvider {
    let claims;
    try {
      claims = decodeJwt(token);
    } catch {
      throw new TokenRefused("Could not parse the token as a JWT.");
    }
    const audiences = [claims.aud ?? []].flat();
    const provider = this.config.providers.find(
      (each) =>
        issuerOf(each) === withScheme(claims.iss ?? "") &&
        (each.applicationID === undefined || audiences.includes(each.applicationID)),
    );
    if (!provider) throw new TokenRefused("No auth provider found matching the given token.");
    return provider;
  }

  async #keysOf(provider: AuthProvider): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(provider);
    if (known) return known;
    const url = isCustom(provider) ? provider.jwks : await discoverKeys(issuerOf(provider));
    // No pause between two look-ups of an unknown key: a rotation is seen at once.
    const keys = createRemoteJWKSet(new URL(url), { cooldownDuration: 0 });
    this.#keys.set(provider, keys);
    return keys;
  }
}

const isCustom = (provider: AuthProvider) => "type" in provider;
const issuerOf = (each: AuthProvider) => withScheme(isCustom(each) ? each.issuer : each.domain);
const withScheme = (issuer: string) =>
  (/^https?:\/\//.test(issuer) ? issuer : `https://${issuer}`).replace(/\/+$/, "");

async function discoverKeys(issuer: string): Promise<string> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  const document = (await response.json()) as { issuer?: string; jwks_uri?: string };
  if (!document.jwks_uri) throw new Error(`${issuer} names no jwks_uri`);
  return document.jwks_uri;
}

/** Claims that are not the user's, or that become `issuer` and `subject`. */
const REGISTERED = new Set("iss sub aud exp iat nbf jti azp sid".split(" "));

/** Claims of OpenID Connect, and Convex's names for them. */
const ATTRIBUTES: Record<string, string> = {
  given_name: "givenName",
  family_name: "familyName",
  preferred_username: "preferredUsername",
  profile: "profileUrl",
  picture: "pictureUrl",
  email_verified: "emailVerified",
  birthdate: "birthday",
  zoneinfo: "timezone",
  locale: "language",
  phone_number: "phoneNumber",
  phone_number_verified: "phoneNumberVerified",
  updated_at: "updatedAt",
};
