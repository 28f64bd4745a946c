// What happens over time: lost connections, restarts, kills, crons and the clock.
import { spawn } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { expect, test } from "vitest";
import { nextRun } from "../convex/crons.ts";
import { cloudForTest, control, FIXTURE, httpClient, liveClient, temporaryFolder } from "./kit.ts";
import { mutation, NativeApp, query, watch } from "./kit.ts";

type Note = { text: string };
const texts = (notes: unknown) => (notes as Note[]).map(({ text }) => text);
const hasTexts = (count: number) => (value: unknown) =>
  Array.isArray(value) && value.length === count;
const ada = { owner: "ada" };

test("a client whose connection is cut comes back, and has missed nothing", async () => {
  const cloud = await cloudForTest();
  const [live, other] = [liveClient(cloud), httpClient(cloud)];
  const seen = watch(live, "notes:list", ada);
  await seen.until(hasTexts(0));
  await control(cloud, "POST", "/disconnect/convex");
  await other.mutation(mutation("notes:add"), { ...ada, text: "meanwhile" });
  await seen.until(hasTexts(1));
});

test("data, users, sessions and keys are kept between runs", async () => {
  const dataFolder = temporaryFolder();
  const first = await cloudForTest({ dataFolder });
  const app = new NativeApp(first);
  const session = await app.signIn("ada@example.com");
  const id = await httpClient(first).mutation(mutation("notes:add"), { ...ada, text: "old" });
  await first.close();

  const second = await cloudForTest({ dataFolder });
  const client = httpClient(second);
  expect(texts(await client.query(query("notes:list"), ada))).toEqual(["old"]);
  expect(await client.mutation(mutation("notes:add"), { ...ada, text: "new" })).not.toBe(id);
  await client.mutation(mutation("notes:change"), { id: id as string, text: "changed" });
  expect(texts(await client.query(query("notes:list"), ada))).toEqual(["changed", "new"]);
  const resumed = new NativeApp(second);
  resumed.token = app.token;
  expect(await resumed.convexToken(session)).toBeTruthy();
});

test("what a kill left half written is dropped, and what follows is kept", async () => {
  const dataFolder = temporaryFolder();
  const first = await cloudForTest({ dataFolder });
  await httpClient(first).mutation(mutation("notes:add"), { ...ada, text: "whole" });
  await first.close();
  appendFileSync(join(dataFolder, "convex.jsonl"), '["",[["10007notes",{"te');

  const second = await cloudForTest({ dataFolder });
  await httpClient(second).mutation(mutation("notes:add"), { ...ada, text: "next" });
  await second.close();
  const third = await cloudForTest({ dataFolder });
  expect(texts(await httpClient(third).query(query("notes:list"), ada))).toEqual(["whole", "next"]);
});

test("the program prints its two variables, survives a kill, and ends when it is told to", async () => {
  const dataFolder = temporaryFolder();
  const first = await program(dataFolder);
  expect(first.output).toMatch(/for development and tests alone/);
  expect(first.output).toMatch(/^CLERK_PUBLISHABLE_KEY=pk_test_\S+$/m);
  await first.client.mutation(mutation("notes:add"), { ...ada, text: "kept" });
  await first.end("SIGKILL");
  const second = await program(dataFolder);
  expect(texts(await second.client.query(query("notes:list"), ada))).toEqual(["kept"]);
  expect(await second.end("SIGTERM")).toBe(0);
});

test("a file with many replaced documents is written anew at start", async () => {
  const dataFolder = temporaryFolder();
  const first = await cloudForTest({ dataFolder });
  const client = httpClient(first);
  const id = (await client.mutation(mutation("notes:add"), { ...ada, text: "" })) as string;
  for (let i = 0; i < 1100; i++) {
    await client.mutation(mutation("notes:change"), { id, text: `${i}` });
  }
  await first.close();
  const second = await cloudForTest({ dataFolder });
  expect(readFileSync(join(dataFolder, "convex.jsonl"), "utf8").split("\n")).toHaveLength(2);
  expect(texts(await httpClient(second).query(query("notes:list"), ada))).toEqual(["1099"]);
}, 30_000);

test("a function scheduled before a restart runs after it", async () => {
  const dataFolder = temporaryFolder();
  const first = await cloudForTest({ dataFolder });
  const later = { ...ada, afterMs: 1_500 };
  await httpClient(first).mutation(mutation("notes:addLater"), later);
  await first.close();
  const second = await cloudForTest({ dataFolder });
  await watch(liveClient(second), "notes:list", ada).until(hasTexts(1));
});

test("crons run when the clock says so, and by hand", async () => {
  const cloud = await cloudForTest();
  const seen = watch<number>(liveClient(cloud), "notes:ticks", {});
  await seen.until((count) => count === 0);
  expect(await control(cloud, "GET", "/crons")).toEqual(["every hour", "at night"]);
  await control(cloud, "POST", "/crons/every%20hour");
  await seen.until((count) => count === 1);
  await control(cloud, "POST", "/clock", { skew: 3_600_000 });
  await seen.until((count) => count === 2);
});

test.each([
  [{ type: "interval", minutes: 5 }, "2026-11-23T10:15:30Z", "2026-11-23T10:20:30Z"],
  [{ type: "hourly", minuteUTC: 10 }, "2026-11-23T10:15:30Z", "2026-11-23T11:10:00Z"],
  [{ type: "daily", hourUTC: 3, minuteUTC: 30 }, "2026-11-23T03:30:00Z", "2026-11-24T03:30:00Z"],
  [
    { type: "weekly", dayOfWeek: "sunday", hourUTC: 0, minuteUTC: 0 },
    "2026-11-23T00:00:00Z",
    "2026-11-29T00:00:00Z",
  ],
  [
    { type: "monthly", day: 1, hourUTC: 0, minuteUTC: 5 },
    "2026-12-31T23:59:00Z",
    "2027-01-01T00:05:00Z",
  ],
  [{ type: "cron", cron: "*/15 9-17 * * 1,5" }, "2026-11-23T17:50:00Z", "2026-11-27T09:00:00Z"],
] as const)("%j after %s is due at %s", (schedule, after, due) => {
  const next = new Date(nextRun(schedule, Date.parse(after)));
  expect(next.toISOString()).toBe(due.replace("Z", ".000Z"));
});

test("the functions' clock is the cloud's", async () => {
  const cloud = await cloudForTest();
  await control(cloud, "POST", "/clock", { skew: -86_400_000 });
  const told = (await httpClient(cloud).mutation(mutation("notes:time"), {})) as number;
  expect(Math.abs(Date.now() - told - 86_400_000)).toBeLessThan(60_000);
  await control(cloud, "POST", "/clock", { at: 1_700_000_000_000 });
  expect(await httpClient(cloud).mutation(mutation("notes:time"), {})).toBe(1_700_000_000_000);
});

/** The program itself, on free ports. */
async function program(dataFolder: string) {
  const main = resolve(import.meta.dirname, "../main.ts");
  const args = ["--import", "tsx", main, "--free-ports", "--data", dataFolder];
  const child = spawn(process.execPath, [...args, "--functions", FIXTURE]);
  let output = "";
  const address = await new Promise<string>((ready, failed) => {
    child.stdout.on("data", (text: Buffer) => {
      output += text.toString();
      const found = /^CONVEX_URL=(\S+)$/m.exec(output)?.[1];
      if (found !== undefined) ready(found);
    });
    child.on("exit", () => failed(new Error(output)));
  });
  const end = (signal: NodeJS.Signals) =>
    new Promise<number | null>((ended) => {
      child.on("exit", ended);
      child.kill(signal);
    });
  return { output, client: new ConvexHttpClient(address, { logger: false }), end };
}
