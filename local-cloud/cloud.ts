// The local cloud: both services, one clock and the control port, on loopback alone.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { startClerk } from "./clerk/clerk.ts";
import { controls } from "./control.ts";
import { startConvex } from "./convex/convex.ts";
import { listen, withClock, type Clock } from "./http.ts";

export type CloudOptions = {
  dataFolder: string;
  functions: string;
  ports?: Partial<Record<"convex" | "site" | "clerk" | "control", number>>;
};
export type Cloud = Awaited<ReturnType<typeof startCloud>>;

export function startCloud({ dataFolder, functions, ports = {} }: CloudOptions) {
  const clock: Clock = { skew: 0, at: 0 };
  return withClock(clock, async () => {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const clerk = await startClerk(dataFolder, ports.clerk ?? 0);
    // auth.config.ts reads it, as it does from a deployment's settings.
    process.env["CLERK_JWT_ISSUER_DOMAIN"] = clerk.url;
    const convex = await startConvex(resolve(functions), dataFolder, ports);
    const control = await listen(ports.control ?? 0, controls(convex, clerk, clock).fetch);
    return {
      clerk,
      deployment: convex.deployment,
      urls: { convex: convex.url, site: convex.siteUrl, clerk: clerk.url, control: control.url },
      close: () => [convex, clerk, control].forEach((each) => each.close()),
    };
  });
}
