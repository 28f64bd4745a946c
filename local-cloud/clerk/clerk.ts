// A Clerk instance on loopback: Frontend API, hosted pages, keys and discovery on one port.
import { join } from "node:path";
import { Hono } from "hono";
import { Faults } from "../faults.ts";
import { listen } from "../http.ts";
import { openDirectory } from "./directory.ts";
import { frontendApi, refuse } from "./frontend-api.ts";
import { hostedPages } from "./hosted.ts";
import { tokensOf } from "./tokens.ts";

export type Clerk = Awaited<ReturnType<typeof startClerk>>;

export async function startClerk(dataFolder: string, port: number) {
  const faults = new Faults();
  const directory = openDirectory(join(dataFolder, "clerk.json"));
  const tokens = await tokensOf(directory);
  const app = new Hono();
  app.route("/v1", frontendApi(directory, tokens));
  app.route("/hosted", hostedPages(directory));
  app.get("/.well-known/jwks.json", (c) => c.json(tokens.jwks()));
  app.get("/.well-known/openid-configuration", (c) => {
    const { issuer } = tokens;
    return c.json({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  });
  app.notFound((c) => refuse(c, "resource_not_found", `Nothing is at ${c.req.path}.`));

  const { server, url, close } = await listen(port, faults.guard(app.fetch));
  tokens.issuer = url;
  faults.disconnect = () => server.closeAllConnections();
  const publishableKey = `pk_test_${btoa(`${new URL(url).host}$`)}`;
  return { faults, directory, tokens, url, publishableKey, close };
}
