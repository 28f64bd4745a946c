// A local cloud for the Rust test, with somebody signed in: prints its address and a token.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startCloud } from "../../cloud.ts";
import { NativeApp } from "../native-app.ts";

const cloud = await startCloud({
  dataFolder: mkdtempSync(join(tmpdir(), "local-cloud-")),
  functions: resolve(import.meta.dirname, "../fixture"),
});
const app = new NativeApp(cloud);
const token = await app.convexToken(await app.signIn("ada@example.com"));
process.stdout.write(`${cloud.urls.convex}\n${token}\n`);
// It ends with the test that started it.
process.stdin.on("end", () => process.exit(0)).resume();
