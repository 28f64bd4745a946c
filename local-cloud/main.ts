// Starts the local cloud: node --import tsx local-cloud/main.ts [--data folder] [--free-ports]
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startCloud } from "./cloud.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string", default: process.env["CLOVE_CLOUD_DATA"] ?? ".local-cloud" },
    functions: { type: "string", default: resolve(import.meta.dirname, "../convex") },
    "free-ports": { type: "boolean", default: false },
    // So that whoever started it takes it along, however they end.
    "while-stdin-is-open": { type: "boolean", default: false },
  },
});
const dataFolder = resolve(values.data);
const ports = values["free-ports"] ? {} : { convex: 3210, site: 3211, clerk: 3212, control: 3213 };
const cloud = await startCloud({ ...values, dataFolder, ports }).catch((error: unknown) => {
  process.stderr.write(`The local cloud did not start: ${String(error)}\n`);
  process.exit(1);
});

process.stdout
  .write(`The local cloud, for development and tests alone: stand-ins for Convex and Clerk.
It listens on this machine only, asks for no password, and keeps its data in ${dataFolder}.

  Convex        ${cloud.urls.convex}
  HTTP actions  ${cloud.urls.site}
  Clerk         ${cloud.urls.clerk}
  Control       ${cloud.urls.control}

CLERK_PUBLISHABLE_KEY=${cloud.clerk.publishableKey}
CONVEX_URL=${cloud.urls.convex}
`);

const end = () => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
if (values["while-stdin-is-open"]) process.stdin.resume().once("end", end);
