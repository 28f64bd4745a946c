// Who a token speaks for, decided as a Convex deployment does: by auth.config.ts and the issuer's keys.
import type { AuthConfig, UserIdentity } from "convex/server";
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from "jose";
import type { Faults } from "../faults.ts";

export type Authenticated = { identity: UserIdentity; expiresAt: number };

/** The message is for the client. */
export class TokenRefused extends Error {}

export function authenticator({ providers }: AuthConfig, faults: Faults) {
  const keySets: Record<string, ReturnType<typeof createRemoteJWKSet>> = {};
  /** Tokens that the keys were found to fit, until keys are looked up anew. */
  let verified: Record<string, Authenticated> = {};
  return async (token: string): Promise<Authenticated> => {
    try {
      if (faults.strikes("refuse_tokens", "")) throw new Error("Tokens are refused.");
      const known = verified[token];
      if (known && Date.now() < known.expiresAt) return known;
      const { iss = "", aud = [] } = decodeJwt(token);
      const fits = (each: AuthConfig["providers"][number]) =>
        "domain" in each && each.domain === iss && [aud].flat().includes(each.applicationID);
      if (!providers.some(fits)) throw new Error("No auth provider found matching the token.");
      const keys = (keySets[iss] ??= await keysOf(iss, () => (verified = {})));
      const rules = { algorithms: ["RS256"], requiredClaims: ["exp", "iat", "sub"] };
      const { payload } = await jwtVerify(token, keys, rules);
      // What names the token and not the user would make each device another.
      for (const claim of ["iat", "nbf", "jti"]) Reflect.deleteProperty(payload, claim);
      const { sub: subject = "", exp = 0, ...claims } = payload;
      const who = { issuer: iss, subject, tokenIdentifier: `${iss}|${subject}` };
      return (verified[token] = { identity: { ...claims, ...who }, expiresAt: exp * 1000 });
    } catch (error) {
      throw new TokenRefused(`Could not verify OIDC token claim: ${String(error)}`);
    }
  };
}

async function keysOf(issuer: string, onLookUp: () => unknown) {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri: url } = (await discovery.json()) as { jwks_uri: string };
  // No pause between two look-ups of an unknown key: a rotation is seen at once.
  const look: typeof fetch = (...request) => (onLookUp(), fetch(...request));
  return createRemoteJWKSet(new URL(url), { cooldownDuration: 0, [customFetch]: look });
}
