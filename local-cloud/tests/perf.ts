// How fast the local cloud is with many todos: node --import tsx local-cloud/tests/perf.ts
// 100,000 todos of one user among 2,000 users, over HTTP, in milliseconds.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SignJWT, importJWK, type JWK } from "jose";
import { startCloud } from "../cloud.ts";

const TODOS = 100_000;
const USERS = 2_000;
const ROUNDS = 200;

type Answer = { epoch: number; rev: number; cursor: number; more: boolean; rows: object[] };

const dataFolder = mkdtempSync(join(tmpdir(), "local-cloud-perf-"));
const functions = resolve(import.meta.dirname, "../../convex");
let cloud = await startCloud({ dataFolder, functions });

const { deployment } = cloud;
const issuer = cloud.urls.clerk;
const identityOf = (subject: string) => ({
  issuer,
  subject,
  tokenIdentifier: `${issuer}|${subject}`,
  email: `${subject}@example.com`,
  name: subject,
});
let made = 0;
const row = () => {
  const at = Date.now();
  const id = (++made).toString(16).padStart(12, "0");
  return {
    clientId: `019aa000-0000-7000-8000-${id}`,
    createdAt: at,
    title: `Todo number ${made}`,
    description: null,
    completed: made % 3 === 0,
    deletedAt: null,
    stamps: { title: at, description: at, completed: at, deletedAt: at },
  };
};
const rows = (count: number) => Array.from({ length: count }, row);

const seeding = performance.now();
for (let user = 1; user < USERS; user++) {
  const identity = identityOf(`user_${user}`);
  await deployment.run("sync:hello", {}, identity);
  await deployment.run("sync:push", { rows: rows(3) }, identity);
}
const ada = identityOf("user_ada");
const { epoch } = (await deployment.run("sync:hello", {}, ada)) as unknown as Answer;
for (let pushed = 0; pushed < TODOS; pushed += 200) {
  await deployment.run("sync:push", { rows: rows(200) }, ada);
}
report("seeding all of it", performance.now() - seeding);

const token = await tokenOf("user_ada");
const head = (await deployment.run("sync:head", {}, ada)) as unknown as Answer;
await measure("pull of nothing new", () => post("query", "sync:pull", { epoch, since: head.rev }));
await measure("push of 20 rows", () => post("mutation", "sync:push", { rows: rows(20) }));
await measure("push of 200 rows", () => post("mutation", "sync:push", { rows: rows(200) }), 20);

for (let cursor = 0, pages = 0, more = true, start = performance.now(); more; pages++) {
  ({ cursor, more } = await post("query", "sync:pull", { epoch, since: cursor, limit: 500 }));
  if (pages % 50 !== 49) continue;
  report(`first pull: pages ${pages - 48} to ${pages + 1}`, performance.now() - start);
  start = performance.now();
}

await cloud.close();
const starting = performance.now();
cloud = await startCloud({ dataFolder, functions });
report("start with all of it", performance.now() - starting);
await cloud.close();
rmSync(dataFolder, { recursive: true });
process.exit(0);

async function measure(what: string, work: () => Promise<unknown>, rounds = ROUNDS) {
  const times: number[] = [];
  for (let round = 0; round < rounds + 5; round++) {
    const start = performance.now();
    await work();
    // The first ones build the indexes and warm the code up.
    if (round >= 5) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  report(`${what}, median`, times[Math.floor(rounds / 2)] ?? 0);
  report(`${what}, 95th of 100`, times[Math.floor(rounds * 0.95)] ?? 0);
}

async function post(endpoint: string, path: string, args: object): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ path, args, format: "json" });
  const url = `${cloud.urls.convex}/api/${endpoint}`;
  const response = await fetch(url, { method: "POST", headers, body });
  const answer = (await response.json()) as { status: string; value: Answer };
  if (answer.status !== "success") throw new Error(JSON.stringify(answer));
  return answer.value;
}

async function tokenOf(subject: string): Promise<string> {
  const kept = readFileSync(join(dataFolder, "clerk.json"), "utf8");
  const [key = {}] = (JSON.parse(kept) as { keys: JWK[] }).keys;
  return new SignJWT({ email: `${subject}@example.com`, name: subject })
    .setProtectedHeader({ alg: "RS256", kid: key.kid ?? "" })
    .setIssuer(issuer)
    .setSubject(subject)
    .setAudience("convex")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(await importJWK(key, "RS256"));
}

function report(what: string, ms: number): void {
  process.stdout.write(`${what.padEnd(36)}${ms.toFixed(1).padStart(10)} ms\n`);
}
