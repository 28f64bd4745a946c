// A deployment of the guide's web app becomes one that devices sync with.
import { describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { cloud, everything, pull, push, row, start, useClock, type Person } from "./cloud";

useClock();

type Cloud = ReturnType<typeof cloud>["t"];

/** Users and todos as the guide's own functions wrote them. */
async function deployed(counts: { ada: number; bob: number }) {
  const { t, ada, bob } = cloud();
  const ids = await t.run(async (ctx) => {
    const made: Id<"todos">[] = [];
    for (const clerkId of ["ada", "bob"] as const) {
      const user = { clerkId, email: `${clerkId}@example.com`, name: clerkId };
      const at = start - 10_000;
      const userId = await ctx.db.insert("users", { ...user, createdAt: at, updatedAt: at });
      for (let n = 0; n < counts[clerkId]; n++) {
        const times = { createdAt: at + n, updatedAt: at + 2 * n };
        const todo = { userId, title: `${clerkId} ${n}`, completed: n % 2 === 1, ...times };
        made.push(await ctx.db.insert("todos", n === 0 ? { ...todo, description: "d" } : todo));
      }
    }
    return made;
  });
  return { t, ada, bob, ids };
}

/** One batch, as the component runs it. */
const batch = async (t: Cloud, cursor: string | null, batchSize: number) =>
  (await t.mutation(internal.migrations.carryOver, {
    cursor,
    batchSize,
    dryRun: false,
    oneBatchOnly: true,
  })) as { isDone: boolean; continueCursor: string };

async function migrate(t: Cloud) {
  await t.mutation(internal.migrations.carryOver, {});
  await t.finishAllScheduledFunctions(vi.runAllTimers);
}

const titles = async (person: Person, since = 0) =>
  (await pull(person, since)).rows.map(({ title }) => title);

describe("todos of the guide's schema", () => {
  it("are there for the guide's calls before they are carried over", async () => {
    const { ada } = await deployed({ ada: 3, bob: 1 });
    const todos = await ada.query(api.todos.getTodos, {});
    expect(todos.map(({ title }) => title)).toEqual(["ada 2", "ada 1", "ada 0"]);
    expect(await ada.query(api.todos.getActiveTodos, {})).toHaveLength(2);
    expect(await titles(ada), "and not for devices, to whom they come later").toEqual([]);
  });

  it("get an id, stamps and a rev each, under their user", async () => {
    const { t, ada, bob } = await deployed({ ada: 250, bob: 30 });
    await migrate(t);
    const { rows } = await pull(ada);
    expect(rows.map(({ rev }) => rev)).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
    expect(new Set(rows.map(({ clientId }) => clientId)).size).toBe(250);
    const at = start - 10_000;
    expect(rows[0]).toMatchObject({
      title: "ada 0",
      description: "d",
      deletedAt: null,
      createdAt: at,
    });
    const stamps = { title: at + 4, description: at + 4, completed: at + 4, deletedAt: at + 4 };
    expect(rows[2]).toMatchObject({ title: "ada 2", description: null, createdAt: at + 2, stamps });
    expect(await titles(bob)).toHaveLength(30);
    expect(await ada.query(api.todos.getTodos, {})).toHaveLength(250);
  });

  it("are passed by a second run, and by one that starts anew", async () => {
    const { t } = await deployed({ ada: 120, bob: 5 });
    await migrate(t);
    const before = await everything(t);
    await migrate(t);
    expect(await everything(t)).toEqual(before);
    await t.mutation(internal.migrations.carryOver, { reset: true });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await everything(t)).toEqual(before);
  });

  it("reach a device that pulls all the while, each once, beside what others do", async () => {
    const { t, ada, ids } = await deployed({ ada: 100, bob: 10 });
    await ada.mutation(api.sync.hello, {});
    const { epoch } = await ada.mutation(api.sync.hello, {});
    const seen = new Map<string, number>();
    const revs: number[] = [];
    let [since, cursor] = [0, null as string | null];
    const pullPage = async () => {
      const page = await ada.query(api.sync.pull, { epoch, since, limit: 7 });
      since = page.cursor;
      for (const { clientId, rev } of page.rows) {
        seen.set(clientId, rev);
        revs.push(rev);
      }
      return page.more;
    };
    for (let done = false, n = 0; !done; n++) {
      const step = await batch(t, cursor, 9);
      [cursor, done] = [step.continueCursor, step.isDone];
      await pullPage();
      // Meanwhile a device pushes, and the web app edits a todo that may not be carried over yet.
      await push(ada, [row(n)]);
      const id = ids[99 - n * 3];
      if (id) await ada.mutation(api.todos.updateTodo, { id, title: `edited ${n}` });
      await pullPage();
    }
    while (await pullPage());
    const { todos } = await everything(t);
    const own = todos.filter(({ clientId, title }) => clientId && !title.startsWith("bob"));
    expect(own.length).toBeGreaterThan(100);
    expect(seen).toEqual(new Map(own.map(({ clientId, rev }) => [clientId, rev])));
    expect(revs, "no cursor ever went back").toEqual([...revs].sort((a, b) => a - b));
    expect(new Set(own.map(({ rev }) => rev)).size, "and no rev is used twice").toBe(own.length);
  });

  it("that have texts out of bounds are cut, and kept as they were besides", async () => {
    const { t, ada, ids } = await deployed({ ada: 4, bob: 0 });
    const [long, empty, control] = ids;
    if (!long || !empty || !control) return;
    const description = "é".repeat(10_050);
    await t.run(async (ctx) => {
      await ctx.db.patch("todos", long, { title: "😀".repeat(600), description });
      await ctx.db.patch("todos", empty, { title: " " });
      await ctx.db.patch("todos", control, { title: " a\u0000b\r\nc " });
    });
    await ada.mutation(api.todos.updateTodo, { id: long, completed: true });
    await migrate(t);
    const byTitle = (await pull(ada)).rows;
    expect(byTitle.map(({ title }) => title)).toEqual([
      `${"😀".repeat(499)}…`,
      "Untitled",
      "a b\nc",
      "ada 3",
    ]);
    expect([...(byTitle[0]?.description ?? "")]).toHaveLength(10_000);
    const originals = await t.run(async (ctx) => await ctx.db.query("originals").collect());
    expect(originals).toMatchObject([
      { todoId: long, title: "😀".repeat(600), description },
      { todoId: empty, title: " " },
      { todoId: control, title: " a\u0000b\r\nc " },
    ]);
    for (const each of byTitle) {
      const { rev, ...pushed } = each;
      expect(await push(ada, [pushed]), "what was carried over is within bounds").toEqual([
        { ...pushed, rev },
      ]);
    }
  });

  it("of nobody are left alone", async () => {
    const { t, ids } = await deployed({ ada: 1, bob: 1 });
    await t.run(async (ctx) => {
      const [todo] = ids;
      const orphan = todo && (await ctx.db.get("todos", todo));
      if (orphan) await ctx.db.delete("users", orphan.userId);
    });
    await migrate(t);
    const { todos } = await everything(t);
    expect(todos.map(({ rev }) => rev)).toEqual([undefined, 1]);
  });
});

describe("after a backup was restored", () => {
  it("every user gets another epoch, once", async () => {
    const { t, ada, bob } = cloud();
    await push(ada, [row(1)]);
    await push(bob, [row(2)]);
    const before = await everything(t);
    await t.mutation(internal.migrations.replaceEpochs, {});
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    const after = await everything(t);
    expect(after.todos).toEqual(before.todos);
    for (const [index, head] of after.heads.entries()) {
      expect(head.epoch).not.toBe(before.heads[index]?.epoch);
      expect(head.epoch, "pulls and heads agree").toBe(after.users[index]?.epoch);
    }
    expect((await pull(ada)).rows).toHaveLength(1);
  });
});
