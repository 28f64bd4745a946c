// Who a token speaks for, decided as a Convex deployment does: by auth.config.ts and the issuer's keys.
import type { AuthConfig, UserIdentity } from "convex/server";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";

export type Authenticated = { identity: UserIdentity; expiresAt: number };

/** The message is for the client. */
export class TokenRefused extends Error {}

export function authenticator({ providers }: AuthConfig) {
  const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();
  return async (token: string): Promise<Authenticated> => {
    try {
      const { iss = "", aud = [] } = decodeJwt(token);
      const isProvider = (each: AuthConfig["providers"][number]) =>
        "domain" in each && each.domain === iss && [aud].flat().includes(each.applicationID);
      if (!providers.some(isProvider)) {
        throw new Error("No auth provider found matching the given token.");
      }
      const keys = keySets.get(iss) ?? (await keysOf(iss));
      keySets.set(iss, keys);
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ["RS256"],
        requiredClaims: ["exp", "iat", "sub"],
      });
      return { identity: identityOf(payload), expiresAt: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      throw new TokenRefused(`Could not verify OIDC token claim: ${String(error)}`);
    }
  };
}

async function keysOf(issuer: string) {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri: url } = (await discovery.json()) as { jwks_uri: string };
  // No pause between two look-ups of an unknown key: a rotation is seen at once.
  return createRemoteJWKSet(new URL(url), { cooldownDuration: 0 });
}

function identityOf({ iss: issuer = "", sub: subject = "", ...claims }): UserIdentity {
  const named = Object.entries(claims).map(([claim, value]) => [ATTRIBUTES[claim] ?? claim, value]);
  const attributes = Object.fromEntries(named.filter(([name]) => !REGISTERED.includes(name)));
  return { ...attributes, issuer, subject, tokenIdentifier: `${issuer}|${subject}` };
}

/** Claims that say nothing of the user. */
const REGISTERED = ["aud", "exp", "iat", "nbf", "jti", "azp", "sid"];

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
