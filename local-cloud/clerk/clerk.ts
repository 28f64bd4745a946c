// A Clerk instance on loopback: Frontend API, hosted pages, keys and discovery on one port.
import { join } from "node:path";
import { Hono } from "hono";
import { Faults } from "../faults.ts";
import { listen } from "../http.ts";
import { Directory } from "./directory.ts";
import { errorJson, frontendApi } from "./frontend-api.ts";
import { hostedPages } from "./hosted.ts";
import { openTokens } from "./tokens.ts";

export type Clerk = Awaited<ReturnType<typeof startClerk>>;

export async function startClerk(dataFolder: string, port: number) {
  const faults = new Faults();
  const directory = new Directory(join(dataFolder, "clerk.json"));
  const tokens = await openTokens(join(dataFolder, "clerk-keys.json"));
  const app = new Hono();
  app.route("/v1", frontendApi(directory, tokens));
  app.route("/hosted", hostedPages(directory));
  app.get("/.well-known/jwks.json", (c) => c.json(tokens.jwks()));
  app.get("/.well-known/openid-configuration", (c) =>
    c.json({
      issuer: tokens.issuer,
      jwks_uri: `${tokens.issuer}/.well-known/jwks.json`,
      authorization_endpoint: `${tokens.issuer}/hosted/sign-in`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    }),
  );
  app.notFound((c) => c.json(errorJson("resource_not_found", `Nothing is at ${c.req.path}.`), 404));

  const { server, url, close } = await listen(port, faults.guard(app.fetch));
  tokens.issuer = url;
  faults.disconnect = () => server.closeAllConnections();
  const publishableKey = `pk_test_${btoa(`${new URL(url).host}$`)}`;
  return { faults, directory, tokens, url, publishableKey, close };
}
