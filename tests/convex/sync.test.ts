// The sync of devices: what convex/sync.ts promises.
import { getConvexSize } from "convex/values";
import { describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api";
import { cloud, codeOf, everything, idOf, pull, push, row, start, useClock } from "./cloud";

useClock();

describe("hello", () => {
  it("makes the user and a head, once", async () => {
    const { t, ada } = cloud();
    const first = await ada.mutation(api.sync.hello, {});
    expect(first).toEqual({
      serverNow: start,
      epoch: expect.any(Number),
      rev: 0,
      schemaVersion: 1,
    });
    expect(Number.isSafeInteger(first.epoch)).toBe(true);
    await push(ada, [row(1)]);
    const before = await everything(t);
    expect(await ada.mutation(api.sync.hello, {})).toEqual({ ...first, rev: 1 });
    expect(await everything(t), "a second hello writes nothing").toEqual(before);
    expect(before.users).toMatchObject([{ clerkId: "ada", email: "ada@example.com" }]);
  });

  it("comes before pull, tail and head", async () => {
    const { ada } = cloud();
    expect(await codeOf(ada.query(api.sync.head, {}))).toBe("unknownUser");
    expect(await codeOf(ada.query(api.sync.tail, {}))).toBe("unknownUser");
    expect(await codeOf(ada.query(api.sync.pull, { epoch: 1, since: 0 }))).toBe("unknownUser");
    await ada.mutation(api.users.createUser, {});
    expect(await codeOf(ada.query(api.sync.pull, { epoch: 1, since: 0 }))).toBe("unknownUser");
  });
});

describe("push", () => {
  it("answers each row in its order, numbered, and raises the head with them", async () => {
    const { ada } = cloud();
    const answer = await ada.mutation(api.sync.push, { rows: [row(2), row(1)] });
    expect(answer).toEqual({
      rows: [
        { ...row(2), rev: 1 },
        { ...row(1), rev: 2 },
      ],
      serverNow: start,
    });
    expect(await ada.query(api.sync.head, {})).toMatchObject({ rev: 2 });
    expect((await pull(ada)).rows).toEqual(answer.rows);
  });

  it("twice changes nothing", async () => {
    const { t, ada } = cloud();
    const rows = [
      row(1),
      row(2, { description: "d", completed: true }),
      row(3, { deletedAt: start }),
    ];
    const first = await push(ada, rows);
    const before = await everything(t);
    vi.setSystemTime(start + 60_000);
    expect(await push(ada, rows)).toEqual(first);
    expect(await everything(t)).toEqual(before);
    expect(await push(ada, []), "nor does a push of nothing").toEqual([]);
  });

  it("numbers what changed, and only that", async () => {
    const { ada } = cloud();
    await push(ada, [row(1), row(2), row(3)]);
    const edited = { title: "Edited", stamps: { title: start } };
    const answers = await push(ada, [row(1), row(2, edited), row(3)]);
    expect(answers).toMatchObject([{ rev: 1 }, { rev: 4, title: "Edited" }, { rev: 3 }]);
    expect((await pull(ada, 3)).rows).toMatchObject([{ clientId: idOf(2) }]);
  });

  it("merges field by field, and answers the merged row", async () => {
    const { ada } = cloud();
    await push(ada, [row(1, { title: "Here", stamps: { title: start - 10 } })]);
    const there = row(1, { completed: true, stamps: { completed: start - 20 } });
    const merged = { title: "Here", completed: true, rev: 2 };
    expect(await push(ada, [there])).toMatchObject([merged]);
    const late = row(1, { title: "Offline for long", stamps: { title: start - 500 } });
    expect(await push(ada, [late]), "a loser changes nothing").toMatchObject([merged]);
  });

  it("takes the same todo twice in one batch as two versions of it", async () => {
    const { ada } = cloud();
    const rows = [row(1), row(1, { completed: true, stamps: { completed: start } })];
    const answers = await push(ada, rows);
    expect(answers).toMatchObject([
      { completed: true, rev: 1 },
      { completed: true, rev: 1 },
    ]);
    const { rows: pulled, cursor } = await pull(ada);
    expect(pulled).toHaveLength(1);
    const edited = row(1, { title: "Edited", stamps: { title: start } });
    await push(ada, [edited, row(1)]);
    const after = await pull(ada, cursor);
    expect(after.rows, "an old version after the new one undoes nothing").toMatchObject([
      { title: "Edited", completed: true, rev: 2 },
    ]);
  });

  it("trims as devices do", async () => {
    const { ada } = cloud();
    const answers = await push(ada, [row(1, { title: " a\r\nb ", description: " \n" })]);
    expect(answers).toMatchObject([{ title: "a\nb", description: null }]);
    expect(await push(ada, [row(2, { createdAt: -0 })])).toMatchObject([{ createdAt: 0 }]);
  });
});

describe("a clock that runs fast", () => {
  const hour = 3_600_000;

  it("of 5 seconds is taken as it is", async () => {
    const { ada } = cloud();
    expect(await push(ada, [row(1, {}, start + 5000)])).toMatchObject([
      { stamps: { title: start + 5000 } },
    ]);
  });

  it("is set back for the whole batch, so that its order stays", async () => {
    const { ada } = cloud();
    const deleted = { deletedAt: start + hour, stamps: { deletedAt: start + hour } };
    const answers = await push(ada, [row(1, {}, start + hour - 700), row(2, deleted)]);
    expect(answers).toMatchObject([
      { createdAt: start, stamps: { title: start + 5000 - 700 } },
      // Its other stamps lay an hour before those of the batch, and still do.
      { deletedAt: start + 5000, stamps: { deletedAt: start + 5000, title: start + 4000 - hour } },
    ]);
  });

  it("does not win with a resend over what was edited in between", async () => {
    const { t, ada } = cloud();
    const rows = [row(1, { deletedAt: null }, start + hour), row(2, {}, start + hour - 5)];
    const first = await push(ada, rows);
    vi.setSystemTime(start + 20_000);
    const todo = (await ada.query(api.todos.getTodos, {})).find(({ title }) => title === "Todo 1");
    if (todo) await ada.mutation(api.todos.updateTodo, { id: todo._id, title: "In between" });
    const before = await everything(t);
    vi.setSystemTime(start + 30_000);
    expect(await push(ada, rows)).toMatchObject([{ title: "In between", rev: 3 }, first[1]]);
    vi.setSystemTime(start + 2 * hour);
    await push(ada, rows);
    expect(await everything(t)).toEqual(before);
  });

  it("does not win with a resend after it lost", async () => {
    const { t, ada } = cloud();
    await push(ada, [row(1, { title: "Later" }, start + 4900)]);
    // Put back together, the first of them lies before what is there.
    const rows = [row(1, { title: "Earlier" }, start + hour - 1000), row(2, {}, start + hour)];
    await push(ada, rows);
    const before = await everything(t);
    vi.setSystemTime(start + 20_000);
    expect(await push(ada, rows)).toMatchObject([{ title: "Later", rev: 1 }, { rev: 2 }]);
    expect(await everything(t)).toEqual(before);
  });

  it("does not win with a late copy of an older push", async () => {
    const { t, ada } = cloud();
    const older = [row(1, { title: "Older" }, start + hour)];
    await push(ada, older);
    vi.setSystemTime(start + 10_000);
    await push(ada, [row(1, { title: "Newer" }, start + hour + 10_000)]);
    const before = await everything(t);
    vi.setSystemTime(start + 20_000);
    expect(await push(ada, older)).toMatchObject([{ title: "Newer", rev: 2 }]);
    vi.setSystemTime(start + 2 * hour);
    expect(await push(ada, older)).toMatchObject([{ title: "Newer", rev: 2 }]);
    expect(await everything(t)).toEqual(before);
  });

  it("by more than a year is refused, and does not drag the others along", async () => {
    const { ada } = cloud();
    const far = row(1, {}, Number.MAX_SAFE_INTEGER);
    const answers = await push(ada, [far, row(2)]);
    expect(answers).toEqual([
      { clientId: idOf(1), rejected: { code: "farFuture", message: expect.any(String) } },
      { ...row(2), rev: 1 },
    ]);
  });
});

describe("pull", () => {
  it("gives every row once, in pages, in the order of rev", async () => {
    const { ada } = cloud();
    for (let n = 0; n < 450; n += 150) {
      await push(
        ada,
        Array.from({ length: 150 }, (_, i) => row(n + i)),
      );
    }
    for (const limit of [1, 7, 100, 150, 449, 450, 500]) {
      const { rows, cursor } = await pull(ada, 0, limit);
      expect(rows.map(({ rev }) => rev)).toEqual(Array.from({ length: 450 }, (_, i) => i + 1));
      expect(cursor).toBe(450);
    }
    const { epoch } = await ada.mutation(api.sync.hello, {});
    const page = await ada.query(api.sync.pull, { epoch, since: 449 });
    expect(page).toMatchObject({ cursor: 450, more: false });
    const nothing = await ada.query(api.sync.pull, { epoch, since: 450, limit: 1 });
    expect(nothing).toEqual({ rows: [], cursor: 450, more: false });
  });

  it("ends a page of long texts early, and loses none", async () => {
    const { ada } = cloud();
    const description = "字".repeat(8_000);
    for (let n = 0; n < 120; n += 10) {
      await push(
        ada,
        Array.from({ length: 10 }, (_, i) => row(n + i, { description })),
      );
    }
    const { epoch } = await ada.mutation(api.sync.hello, {});
    const page = await ada.query(api.sync.pull, { epoch, since: 0 });
    expect(page.more).toBe(true);
    const each = getConvexSize(description);
    expect(page.rows.length, "no more than 2 MiB and a row").toBeLessThan(2 ** 21 / each + 1);
    expect(page.rows.length).toBeGreaterThan(80);
    expect((await pull(ada)).rows).toHaveLength(120);
  });

  it("includes the deleted, for ever", async () => {
    const { ada } = cloud();
    const [gone] = await push(ada, [row(1, { deletedAt: start, stamps: { deletedAt: start } })]);
    expect((await pull(ada)).rows).toEqual([gone]);
  });
});

describe("a stale epoch or a malformed cursor", () => {
  it("is answered with what to do", async () => {
    const { t, ada } = cloud();
    await push(ada, [row(1)]);
    const { epoch } = await ada.mutation(api.sync.hello, {});
    const code = (args: Record<string, unknown>) =>
      codeOf(ada.query(api.sync.pull, { epoch, since: 0, ...args }));
    const before = await everything(t);
    for (const stale of [epoch + 1, 0, null, "x", NaN, BigInt(epoch)]) {
      expect(await code({ epoch: stale })).toBe("staleEpoch");
    }
    for (const since of [-1, 1.5, NaN, Infinity, 2 ** 53, "0", null, 0n, [], 2]) {
      expect(await code({ since }), String(since)).toBe("badCursor");
    }
    for (const limit of [0, -1, 501, 1.5, NaN, "10", 10n]) {
      expect(await code({ limit }), String(limit)).toBe("badLimit");
    }
    expect(await everything(t)).toEqual(before);
  });
});
