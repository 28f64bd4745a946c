// The newest rows, as devices subscribe to them: what convex/sync.ts promises of sync.tail.
import { describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { maxTailBytes, maxTailRows } from "../../convex/sync";
import { cloud, pull, push, row, start, useClock, type Person } from "./cloud";

useClock();

describe("tail", () => {
  const tail = (person: Person) => person.query(api.sync.tail, {});

  it("is what a pull from its `since` would answer, of the newest rows", async () => {
    const { ada } = cloud();
    const { epoch } = await ada.mutation(api.sync.hello, {});
    expect(await tail(ada)).toEqual({ epoch, rev: 0, since: 0, rows: [] });
    for (let count = 1; count < 12; count++) {
      await push(ada, [row(count)]);
      const { since, ...rest } = await tail(ada);
      expect(since, "all rows but the newest eight").toBe(Math.max(0, count - maxTailRows));
      expect(rest).toEqual({ epoch, rev: count, rows: (await pull(ada, since)).rows });
    }
    // A row that changes leaves a gap behind it, which is not counted.
    for (let at = 0; at < 5; at++) {
      await push(ada, [row(11, { title: `Edit ${at}`, stamps: { title: start + at } })]);
    }
    const { rev, since, rows } = await tail(ada);
    expect([rev, since], "one row before the other seven").toEqual([16, 3]);
    expect(rows.map((each) => each.rev)).toEqual([4, 5, 6, 7, 8, 9, 10, 16]);
  });

  it("has the deleted, and what other clients do", async () => {
    const { ada } = cloud();
    await push(ada, [row(1, { deletedAt: start, stamps: { deletedAt: start } })]);
    const id = await ada.mutation(api.todos.createTodo, { title: "From the web" });
    const { rows } = await tail(ada);
    expect(rows).toMatchObject([
      { rev: 1, deletedAt: start },
      { rev: 2, title: "From the web" },
    ]);
    await ada.mutation(api.todos.updateTodo, { id, completed: true });
    expect((await tail(ada)).rows).toMatchObject([{ rev: 1 }, { rev: 3, completed: true }]);
  });

  it("is small, however long the texts are", async () => {
    const { ada } = cloud();
    const long = (n: number, length: number) =>
      push(ada, [row(n, { description: "字".repeat(length) })]);
    for (let n = 1; n <= 5; n++) await long(n, 1_500);
    const some = await tail(ada);
    expect(some).toMatchObject({ rev: 5, since: 2, rows: [{ rev: 3 }, { rev: 4 }, { rev: 5 }] });
    expect(new TextEncoder().encode(JSON.stringify(some)).length).toBeLessThan(maxTailBytes);
    await long(6, 8_000);
    const { epoch } = some;
    expect(await tail(ada), "a hint, no more").toEqual({ epoch, rev: 6, since: 6, rows: [] });
    await push(ada, [row(7)]);
    expect(await tail(ada)).toMatchObject({ rev: 7, since: 6, rows: [{ rev: 7 }] });
  });

  it("reads two index ranges and nine rows, however many there are", async () => {
    const { ada } = cloud({ databaseQueries: 2, documentsRead: 10 });
    await ada.run(async (ctx) => {
      const user = { clerkId: "ada", email: "", name: "", createdAt: start, updatedAt: start };
      const userId = await ctx.db.insert("users", { ...user, epoch: 1 });
      for (let rev = 1; rev <= 20; rev++) {
        const { clientId, title, completed, createdAt, stamps } = row(rev);
        const columns = { clientId, title, completed, createdAt, stamps };
        await ctx.db.insert("todos", { ...columns, userId, rev, updatedAt: createdAt });
      }
    });
    expect(await tail(ada)).toMatchObject({ rev: 20, since: 12 });
  });
});
