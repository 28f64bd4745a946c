// The functions of convex/ themselves: two devices of one person, over the wire.
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import {
  cloudForTest,
  httpClient,
  liveClient,
  mutation,
  NativeApp,
  query,
  tokenFor,
  watch,
} from "./kit.ts";

const functions = resolve(import.meta.dirname, "../../convex");
type Head = { epoch: number; rev: number };

const row = (title: string, at = Date.now()) => ({
  clientId: uuid(),
  createdAt: at,
  title,
  description: null,
  completed: false,
  deletedAt: null,
  stamps: { title: at, description: at, completed: at, deletedAt: at },
});

test("what one device pushes, the other is told of and pulls", async () => {
  const cloud = await cloudForTest({ functions });
  const token = await tokenFor(cloud, "ada@example.com");
  const [laptop, desktop] = [httpClient(cloud, token), liveClient(cloud)];
  desktop.setAuth(() => Promise.resolve(token));
  const { epoch } = (await laptop.mutation(mutation("sync:hello"), {})) as Head;
  const heads = watch<Head>(desktop, "sync:head", {});
  await heads.until((head) => !(head instanceof Error) && head.rev === 0);

  await laptop.mutation(mutation("sync:push"), { rows: [row("Buy milk")] });
  await heads.until((head) => !(head instanceof Error) && head.rev > 0);
  const pulled = await desktop.query(query("sync:pull"), { epoch, since: 0, limit: 500 });
  expect(pulled).toMatchObject({ rows: [{ title: "Buy milk" }], more: false });
  expect(await laptop.query(query("todos:getTodos"), {})).toMatchObject([{ title: "Buy milk" }]);
});

test("a stranger and a signed-out client get nothing, and a bad token at /api/protected a 401", async () => {
  const cloud = await cloudForTest({ functions });
  const ada = httpClient(cloud, await tokenFor(cloud, "ada@example.com"));
  await ada.mutation(mutation("users:createUser"), {});
  const id = await ada.mutation(mutation("todos:createTodo"), { title: "Mine" });
  const bob = httpClient(cloud, await tokenFor(cloud, "bob@example.com"));
  await bob.mutation(mutation("users:createUser"), {});
  expect(await bob.query(query("todos:getTodos"), {})).toEqual([]);
  await expect(bob.mutation(mutation("todos:deleteTodo"), { id })).rejects.toThrow();
  await expect(httpClient(cloud).query(query("sync:head"), {})).rejects.toThrow(/unauthenticated/);
  expect((await fetch(`${cloud.urls.site}/api/protected`)).status).toBe(401);
  const app = new NativeApp(cloud);
  const authorization = `Bearer ${await app.convexToken(await app.signIn("ada@example.com"))}`;
  const answer = await fetch(`${cloud.urls.site}/api/protected`, { headers: { authorization } });
  expect(answer.status).toBe(200);
});

test("a first pull comes in pages", async () => {
  const cloud = await cloudForTest({ functions });
  const ada = httpClient(cloud, await tokenFor(cloud, "ada@example.com"));
  const { epoch } = (await ada.mutation(mutation("sync:hello"), {})) as Head;
  const rows = Array.from({ length: 200 }, (_, i) => row(`Todo ${i}`));
  await ada.mutation(mutation("sync:push"), { rows });
  const pull = (since: number) => ada.query(query("sync:pull"), { epoch, since, limit: 150 });
  const first = (await pull(0)) as { rows: object[]; cursor: number; more: boolean };
  expect([first.rows.length, first.more]).toEqual([150, true]);
  expect(await pull(first.cursor)).toMatchObject({ more: false });
});

/** Of version 7, as devices make them. */
function uuid(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
