// The local cloud: both services, one clock and the control port, on loopback alone.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { Clock } from "./clock.ts";
import { startInstance } from "./clerk/instance.ts";
import { startControl } from "./control/control.ts";
import { Deployment } from "./convex/deployment.ts";

export type CloudOptions = {
  dataFolder: string;
  /** The convex/ folder. */
  functions: string;
  /** Port 0, where none is given, takes a free one. */
  ports?: { convex?: number; site?: number; clerk?: number; control?: number };
};
export type Cloud = Awaited<ReturnType<typeof startCloud>>;

export async function startCloud({ dataFolder, functions, ports = {} }: CloudOptions) {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const clock = new Clock();
  const clerk = await startInstance(dataFolder, ports.clerk ?? 0, clock);
  // auth.config.ts reads it, as it does from a deployment's settings.
  process.env["CLERK_JWT_ISSUER_DOMAIN"] = clerk.url;
  const convex = await Deployment.start({
    functions: resolve(functions),
    dataFolder,
    port: ports.convex ?? 0,
    sitePort: ports.site ?? 0,
    clock,
  });
  const { deployment } = convex;
  const control = await startControl(ports.control ?? 0, { convex: deployment, clerk, clock });
  let closed: Promise<unknown> | undefined;
  return {
    clerk,
    deployment,
    clock,
    urls: {
      convex: convex.url,
      site: convex.siteUrl,
      clerk: clerk.url,
      control: control.origin,
    },
    close: () => (closed ??= Promise.all([convex, clerk, control].map((each) => each.close()))),
  };
}
