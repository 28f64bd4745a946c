// Convex's protocol as its official npm client sees it, over functions that show one thing each.
import { once } from "node:events";
import { ConvexError } from "convex/values";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { cloudForTest, httpClient, liveClient, watch } from "./kit.ts";
import { action, mutation, query, tokenFor } from "./kit.ts";

type Note = { _id: string; text: string; rank: number };
const textsAre =
  (...texts: string[]) =>
  (value: Note[] | Error) =>
    !(value instanceof Error) && value.map(({ text }) => text).join() === texts.join();

test("a change by one client reaches another that watches", async () => {
  const cloud = await cloudForTest();
  const [ada, bob] = [liveClient(cloud), liveClient(cloud)];
  const seen = watch<Note[]>(bob, "notes:list", { owner: "ada" });
  await seen.until(textsAre());
  const id = (await ada.mutation(mutation("notes:add"), { owner: "ada", text: "one" })) as string;
  await seen.until(textsAre("one"));
  await ada.mutation(mutation("notes:change"), { id, text: "two" });
  await seen.until(textsAre("two"));
});

test("a query is answered again only if what it read has changed", async () => {
  const cloud = await cloudForTest();
  const [ada, bob] = [liveClient(cloud), liveClient(cloud)];
  const seen = watch<Note[]>(bob, "notes:list", { owner: "bob" });
  await seen.until(textsAre());
  await ada.mutation(mutation("notes:add"), { owner: "ada", text: "not bob's" });
  await ada.mutation(mutation("notes:add"), { owner: "bob", text: "bob's" });
  await seen.until(textsAre("bob's"));
  expect(seen.values).toHaveLength(2);
});

test("a mutation that throws writes nothing and gives its error's data", async () => {
  const cloud = await cloudForTest();
  const client = liveClient(cloud);
  const args = { owner: "ada", ranks: [1, 2], fail: true };
  const failed = client.mutation(mutation("notes:addManyThenThrow"), args);
  const error = await failed.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConvexError);
  expect((error as ConvexError<{ code: string; ranks: number[] }>).data).toEqual({
    code: "told_to",
    ranks: [1, 2],
  });
  expect(await client.query(query("notes:list"), { owner: "ada" })).toEqual([]);
});

test("a mutation reads its own writes in the index's order", async () => {
  const cloud = await cloudForTest();
  const http = httpClient(cloud);
  await http.mutation(mutation("notes:add"), { owner: "ada", text: "committed", rank: 4 });
  const args = { owner: "ada", ranks: [6, 5, 1, 2, 3], fail: false };
  expect(await http.mutation(mutation("notes:addManyThenThrow"), args)).toEqual([5, 4, 3]);
});

test.each([false, true])(
  "pages follow each other without gaps (descending: %s)",
  async (descending) => {
    const cloud = await cloudForTest();
    const http = httpClient(cloud);
    for (let rank = 0; rank < 10; rank++) {
      await http.mutation(mutation("notes:add"), { owner: "ada", text: "", rank });
    }
    const ranks: number[] = [];
    for (let cursor: string | null = null, isDone = false; !isDone;) {
      const args = { owner: "ada", from: 2, descending, opts: { numItems: 3, cursor } };
      const page = (await http.query(query("notes:page"), args)) as {
        page: Note[];
        isDone: boolean;
        continueCursor: string;
      };
      expect(page.page.length).toBeLessThanOrEqual(3);
      ranks.push(...page.page.map(({ rank }) => rank));
      ({ isDone, continueCursor: cursor } = page);
    }
    const all = [2, 3, 4, 5, 6, 7, 8, 9];
    expect(ranks).toEqual(descending ? all.reverse() : all);
  },
);

test("arguments that the validator refuses, and functions that are not there, are errors", async () => {
  const cloud = await cloudForTest();
  const [live, http] = [liveClient(cloud), httpClient(cloud)];
  for (const client of [live, http]) {
    const add = (args: object) => client.mutation(mutation("notes:add"), args as never);
    await expect(add({ owner: 1, text: "" })).rejects.toThrow(/Validator error/);
    await expect(add({ owner: "a", text: "", more: 1 })).rejects.toThrow(/Validator error/);
    await expect(client.query(query("notes:nothing"), {})).rejects.toThrow(/Could not find/);
    await expect(client.query(query("notes:add"), {})).rejects.toThrow(/as query/);
    // What is internal cannot be called.
    await expect(client.mutation(mutation("notes:tick"), { by: "me" })).rejects.toThrow(
      /Could not/,
    );
  }
});

test("a watched query that fails tells so, and recovers", async () => {
  const cloud = await cloudForTest();
  const client = liveClient(cloud);
  const seen = watch(client, "notes:list", { owner: 7 });
  expect(await seen.until((value) => value instanceof Error)).toBeInstanceOf(Error);
  expect(await client.query(query("notes:list"), { owner: "ada" })).toEqual([]);
});

test("actions run, and what their mutations write is seen", async () => {
  const cloud = await cloudForTest();
  const client = liveClient(cloud);
  const seen = watch<Note[]>(client, "notes:list", { owner: "ada" });
  await seen.until(textsAre());
  await client.action(action("notes:addByAction"), { owner: "ada" });
  await seen.until(textsAre("by action"));
});

test("scheduled functions run", async () => {
  const cloud = await cloudForTest();
  const client = liveClient(cloud);
  const seen = watch<Note[]>(client, "notes:list", { owner: "ada" });
  await seen.until(textsAre());
  await client.mutation(mutation("notes:addLater"), { owner: "ada", afterMs: 0 });
  await seen.until(textsAre("scheduled"));
});

test("the documented HTTP API has the documented shapes", async () => {
  const cloud = await cloudForTest();
  const post = async (endpoint: string, path: string, args: object) => {
    const init = { method: "POST", headers: { "content-type": "application/json" } };
    const body = JSON.stringify({ path, args, format: "json" });
    const response = await fetch(`${cloud.urls.convex}/api/${endpoint}`, { ...init, body });
    return { status: response.status, body: (await response.json()) as object };
  };
  const added = await post("mutation", "notes:add", { owner: "ada", text: "x" });
  expect(added).toEqual({
    status: 200,
    body: { status: "success", value: expect.any(String) as string, logLines: [] },
  });
  const listed = await post("query", "notes:list", { owner: "ada" });
  expect(listed.body).toMatchObject({ status: "success", value: [{ text: "x", rank: 0 }] });
  const acted = await post("action", "notes:addByAction", { owner: "ada" });
  expect(acted.body).toMatchObject({ status: "success" });
  const failing = { owner: "ada", ranks: [1], fail: true };
  const failed = await post("mutation", "notes:addManyThenThrow", failing);
  expect(failed).toEqual({
    status: 200,
    body: {
      status: "error",
      errorMessage: expect.stringContaining("told_to") as string,
      errorData: { code: "told_to", ranks: [1] },
      logLines: [],
    },
  });
  expect((await post("nothing", "notes:list", {})).status).toBe(404);
});

test.each(["nonsense", '{"type":"Nonsense"}'])(
  "a client that says %s is sent away alone",
  async (text) => {
    const cloud = await cloudForTest();
    const socket = new WebSocket(`${cloud.urls.convex.replace("http", "ws")}/api/1.48.0/sync`);
    socket.on("open", () => socket.send(text));
    const [answer] = (await once(socket, "message")) as [Buffer];
    expect(JSON.parse(answer.toString())).toMatchObject({ type: "FatalError" });
    await once(socket, "close");
    expect(await httpClient(cloud).query(query("notes:list"), { owner: "ada" })).toEqual([]);
  },
);

test("a deployment tells its version, by which it is known to be one", async () => {
  const cloud = await cloudForTest();
  const response = await fetch(`${cloud.urls.convex}/version`);
  expect([response.status, await response.text()]).toEqual([200, "local-cloud"]);
});

test("HTTP actions see who asks, and nobody behind a bad token", async () => {
  const cloud = await cloudForTest();
  const token = await tokenFor(cloud, "ada@example.com");
  const ask = (authorization?: string) =>
    fetch(`${cloud.urls.site}/api/protected`, authorization ? { headers: { authorization } } : {});
  expect((await ask()).status).toBe(401);
  expect((await ask("Bearer x.y.z")).status).toBe(401);
  expect(await (await ask(`Bearer ${token}`)).json()).toEqual({ email: "ada@example.com" });
});

test("a deployment tells its version to everybody", async () => {
  const cloud = await cloudForTest();
  const response = await fetch(`${cloud.urls.convex}/version`);
  expect(response.status).toBe(200);
});
