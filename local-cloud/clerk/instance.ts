// A Clerk instance on loopback: Frontend API, hosted pages, keys and discovery on one port.
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { Faults } from "../faults.ts";
import { listen, type Handler } from "../http.ts";
import { Directory } from "./directory.ts";
import { FrontendApi } from "./frontend-api.ts";
import { answerHosted } from "./hosted.ts";
import { Tokens } from "./tokens.ts";

export type Instance = Awaited<ReturnType<typeof startInstance>>;

export async function startInstance(dataFolder: string, port: number, clock: Clock) {
  const faults = new Faults();
  const directory = new Directory(join(dataFolder, "clerk.json"), clock);
  let handler: Handler = () => new Response(null, { status: 503 });
  const {
    server,
    origin,
    port: taken,
    close,
  } = await listen(
    port,
    faults.guard((request) => handler(request)),
  );
  faults.disconnect = () => server.closeAllConnections();

  // The issuer is the address, which is known now.
  const tokens = await Tokens.open(join(dataFolder, "clerk-keys.json"), clock, origin);
  const api = new FrontendApi(directory, tokens);
  handler = (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/v1/")) return api.answer(request);
    if (pathname.startsWith("/hosted/")) return answerHosted(request, directory);
    if (pathname === "/.well-known/jwks.json") return Response.json(tokens.jwks());
    if (pathname === "/.well-known/openid-configuration") return Response.json(discovery(origin));
    return Response.json(
      { errors: [{ code: "resource_not_found", message: pathname }] },
      { status: 404 },
    );
  };
  const publishableKey = `pk_test_${Buffer.from(`127.0.0.1:${taken}$`).toString("base64")}`;
  return { faults, directory, tokens, url: origin, publishableKey, close };
}

const discovery = (origin: string) => ({
  issuer: origin,
  jwks_uri: `${origin}/.well-known/jwks.json`,
  authorization_endpoint: `${origin}/hosted/sign-in`,
  response_types_supported: ["id_token"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
});
