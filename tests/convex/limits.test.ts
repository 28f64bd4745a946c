// What a function may use of Convex's limits (docs.convex.dev, "Limits"): the greatest push stays under
// a tenth of each that is counted here, and a pull under a tenth of ranges and documents. convex-test
// counts as the real one does.
import { getConvexSize } from "convex/values";
import { describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { maxTodoBytes } from "../../convex/sync";
import { cloud, idOf, pull, push, row, start, useClock } from "./cloud";

useClock();

const tenth = {
  databaseQueries: 409, // of 4,096 index ranges
  documentsRead: 3_200, // of 32,000 documents scanned
  documentsWritten: 1_600, // of 16,000 documents written
};
const mebibyte = 1024 * 1024;

// About 1,270 bytes of JSON each: 200 of them fill the 256 KiB that a push may have.
const rows = (at?: number) =>
  Array.from({ length: 200 }, (_, n) => row(n, { description: "a".repeat(1_000) }, at));

describe("a push of 200 rows", () => {
  it.each([
    ["new", false],
    ["changed", true],
  ])("that are %s stays under a tenth of each limit", async (_, again) => {
    const { ada } = cloud({ ...tenth, bytesRead: 1.6 * mebibyte, bytesWritten: 1.6 * mebibyte });
    await ada.mutation(api.sync.hello, {});
    const bytes = new TextEncoder().encode(JSON.stringify(rows())).length;
    expect(bytes).toBeLessThan(1.6 * mebibyte);
    await push(ada, rows());
    if (again) await push(ada, rows(start));
  });

  it("reads one index range a row, and two more: the user and the head", async () => {
    const pushed = async (databaseQueries: number) => {
      const { ada, t } = cloud({ ...tenth, databaseQueries });
      await t.run(async (ctx) => {
        const now = start;
        const user = {
          clerkId: "ada",
          email: "",
          name: "",
          createdAt: now,
          updatedAt: now,
          epoch: 1,
        };
        const userId = await ctx.db.insert("users", user);
        await ctx.db.insert("syncHeads", { userId, epoch: 1, rev: 0 });
      });
      return await push(ada, rows()).then(
        () => "taken",
        () => "over",
      );
    };
    expect(await pushed(202)).toBe("taken");
    expect(await pushed(201)).toBe("over");
  });
});

// 10,000 characters of 4 bytes: the greatest description. Six of them fill a push.
const longest = "🌱".repeat(10_000);

describe("a push of 200 rows that meet the longest descriptions", () => {
  const bytes = 1.6 * mebibyte;
  const start200 = async () => {
    const { ada, t } = cloud({ ...tenth, bytesRead: bytes, bytesWritten: bytes });
    for (let n = 0; n < 200; n += 6) {
      const some = Array.from({ length: Math.min(6, 200 - n) }, (_, k) => n + k);
      await push(
        ada,
        some.map((each) => row(each, { description: longest })),
      );
    }
    return { ada, t };
  };
  const edited = () =>
    Array.from({ length: 200 }, (_, n) =>
      row(n, { title: `Edited ${n}`, completed: true, stamps: { title: start, completed: start } }),
    ).map((each) => ({ ...each, stamps: { ...each.stamps, description: start - 2000 } }));

  it("takes the first ones, under a tenth of each limit, and defers the rest in their order", async () => {
    const { ada } = await start200();
    const answers = await push(ada, edited());
    const taken = answers.filter((answer) => "rev" in answer);
    expect(taken.length).toBeGreaterThan(15);
    expect(taken).toMatchObject(
      edited()
        .slice(0, taken.length)
        .map(({ title }) => ({ title })),
    );
    expect(answers.slice(taken.length)).toEqual(
      edited()
        .slice(taken.length)
        .map(({ clientId }) => ({ clientId, deferred: true })),
    );
    expect(new TextEncoder().encode(JSON.stringify(answers)).length).toBeLessThan(bytes);
    const { rows } = await pull(ada, 200);
    expect(rows, "a deferred row changes nothing").toHaveLength(taken.length);
  });

  it("gets all of them in when the deferred ones are pushed again", async () => {
    const { ada } = await start200();
    let [rows, pushes] = [edited(), 0];
    for (; rows.length > 0; pushes++) {
      const answers = await push(ada, rows);
      const left = rows.filter((_, index) => "deferred" in (answers[index] ?? {}));
      expect(left.length, "each push takes some").toBeLessThan(rows.length);
      rows = left;
    }
    expect(pushes).toBeLessThan(15);
    const { rows: pulled } = await pull(ada, 0, 30);
    expect(pulled.map(({ title }) => title)).toEqual(edited().map(({ title }) => title));
    expect(pulled.every(({ description }) => description === longest)).toBe(true);
  });

  it("rejects a row that breaks a bound, wherever it stands", async () => {
    const { ada } = await start200();
    const answers = await push(ada, [...edited().slice(0, 198), row(300, { title: "" })]);
    expect(answers[197]).toEqual({ clientId: idOf(197), deferred: true });
    expect(answers[198]).toMatchObject({ rejected: { code: "titleEmpty" } });
  });

  it("shifts a fast clock back by what is seen in the whole batch", async () => {
    const { ada } = await start200();
    const hour = 3_600_000;
    const own = { title: "Mine", stamps: { title: start } };
    const fastest = row(199, { stamps: { title: start + hour } });
    const answers = await push(ada, [row(200, own), ...edited().slice(1, 199), fastest]);
    expect(answers[199]).toEqual({ clientId: idOf(199), deferred: true });
    const stamps = { title: start - hour + 5_000 };
    expect(answers[0], "by an hour but 5 s").toMatchObject({ title: "Mine", stamps });
  });

  it("no todo that a push can meet is greater than what is set aside for one", async () => {
    const { ada, t } = cloud();
    const greatest = { title: "🌱".repeat(500), description: longest, deletedAt: start };
    for (let edit = 0; edit < 9; edit++) await push(ada, [row(1, greatest, start + 1e9 + edit)]);
    const [doc] = await t.run((ctx) => ctx.db.query("todos").collect());
    expect(doc?.shifts?.deletedAt, "no more than are needed").toHaveLength(8);
    expect(getConvexSize(doc)).toBeLessThan(maxTodoBytes);
    expect(getConvexSize(doc)).toBeGreaterThan(42_000);
  });
});

describe("a pull of 500 rows", () => {
  it("reads two index ranges: the user, and the rows", async () => {
    const pulled = async (databaseQueries: number) => {
      const { ada, t } = cloud({ ...tenth, databaseQueries, documentsRead: 501 });
      await t.run(async (ctx) => {
        const now = start;
        const user = {
          clerkId: "ada",
          email: "",
          name: "",
          createdAt: now,
          updatedAt: now,
          epoch: 1,
        };
        const userId = await ctx.db.insert("users", user);
        for (let rev = 1; rev <= 501; rev++) {
          const { clientId, title, completed, createdAt, stamps } = row(rev);
          const columns = { clientId, title, completed, createdAt, stamps };
          await ctx.db.insert("todos", { ...columns, userId, rev, updatedAt: createdAt });
        }
      });
      const page = ada.query(api.sync.pull, { epoch: 1, since: 0 });
      return await page.then(
        ({ rows, more }) => [rows.length, more],
        () => "over",
      );
    };
    expect(await pulled(2)).toEqual([500, true]);
    expect(await pulled(1)).toBe("over");
  });
});
