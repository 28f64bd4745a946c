// Deleted todos: their texts go after 90 days, they themselves never.
import { describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api";
import crons from "../../convex/crons";
import { cloud, everything, idOf, pull, push, row, start, useClock } from "./cloud";

useClock();

const day = 24 * 60 * 60 * 1000;
const deleted = (n: number, at = start) =>
  row(n, { title: `Gone ${n}`, description: "d", deletedAt: at, stamps: { deletedAt: at } });

/** Todo 1 deleted and stripped, todo 2 deleted lately, todo 3 alive. */
async function stripped() {
  const { t, ada } = cloud();
  await push(ada, [deleted(1), row(3)]);
  vi.setSystemTime(start + 80 * day);
  await push(ada, [deleted(2, start + 80 * day)]);
  const before = await pull(ada);
  vi.setSystemTime(start + 90 * day + 1);
  await t.mutation(internal.tombstones.strip, {});
  return { t, ada, before };
}

describe("a tombstone", () => {
  it("loses its texts after 90 days; id, stamps, deletion and rev stay", async () => {
    const { t, ada, before } = await stripped();
    const { rows } = await pull(ada);
    expect(rows).toEqual([
      { ...deleted(1), title: "", description: null, rev: 1 },
      ...before.rows.slice(1),
    ]);
    const after = await everything(t);
    await t.mutation(internal.tombstones.strip, {});
    expect(await everything(t), "a second run does nothing").toEqual(after);
    expect(JSON.stringify(after)).not.toContain("Gone 1");
  });

  it("does not get them back from a copy, nor a rev", async () => {
    const { t, ada } = await stripped();
    const before = await everything(t);
    expect(await push(ada, [deleted(1)])).toMatchObject([{ title: "", description: null, rev: 1 }]);
    expect(await everything(t)).toEqual(before);
  });

  it("gets them back with a later edit, which revives the todo", async () => {
    const { ada } = await stripped();
    const at = start + 90 * day;
    const edited = row(1, {
      title: "Gone 1",
      description: "d",
      completed: true,
      stamps: { completed: at },
    });
    expect(await push(ada, [edited])).toMatchObject([
      { title: "Gone 1", description: "d", completed: true, stamps: { completed: at }, rev: 4 },
    ]);
    expect(await ada.query(api.todos.getCompletedTodos, {})).toMatchObject([{ title: "Gone 1" }]);
  });

  it("revived by a device that has an older title has that title, never none", async () => {
    const { ada } = await stripped();
    const at = start + 90 * day;
    const old = row(1, { title: "Older", completed: true }, start - 5000);
    const [answer] = await push(ada, [{ ...old, stamps: { ...old.stamps, completed: at } }]);
    expect(answer).toMatchObject({
      title: "Older",
      stamps: { title: start - 1000, completed: at },
    });
    const again = await push(ada, [{ ...old, stamps: { ...old.stamps, completed: at } }]);
    expect(again).toEqual([answer]);
  });

  it("is kept where a later edit revived it in time", async () => {
    const { t, ada } = cloud();
    await push(ada, [deleted(1)]);
    await push(ada, [row(1, { title: "Back", stamps: { title: start + 1 } })]);
    vi.setSystemTime(start + 200 * day);
    await t.mutation(internal.tombstones.strip, {});
    expect((await pull(ada)).rows).toMatchObject([{ title: "Back", description: "d" }]);
  });

  it("takes the texts along that were kept when it was carried over", async () => {
    const { t, ada } = cloud();
    await push(ada, [deleted(1)]);
    const [todo] = (await everything(t)).todos;
    await t.run(async (ctx) => {
      if (todo) await ctx.db.insert("originals", { todoId: todo._id, title: "Long" });
    });
    vi.setSystemTime(start + 91 * day);
    await t.mutation(internal.tombstones.strip, {});
    expect(await t.run(async (ctx) => await ctx.db.query("originals").collect())).toEqual([]);
  });

  it("is one of many: the rest is done by runs that follow", async () => {
    const { t, ada } = cloud();
    for (let n = 0; n < 450; n += 150) {
      await push(
        ada,
        Array.from({ length: 150 }, (_, i) => deleted(n + i)),
      );
    }
    vi.setSystemTime(start + 91 * day);
    await t.mutation(internal.tombstones.strip, {});
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    const { todos } = await everything(t);
    expect(todos.filter(({ tombstone }) => tombstone === "stripped")).toHaveLength(450);
    expect(new Set(todos.map(({ clientId }) => clientId))).toContain(idOf(449));
  });

  it("is looked for every day", () => {
    expect(Object.values(crons.crons)).toMatchObject([
      { name: "tombstones:strip", schedule: { type: "daily" } },
    ]);
  });
});
