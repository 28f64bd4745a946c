// What a function may use of Convex's limits (docs.convex.dev, "Limits"): the greatest push and pull
// stay under a tenth of each that is counted here. convex-test counts as the real one does.
import { describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { cloud, push, row, start, useClock } from "./cloud";

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

describe("a pull of 500 rows", () => {
  it("reads seven index ranges: the user, and the rows in parts of 100", async () => {
    const pulled = async (databaseQueries: number) => {
      const { ada, t } = cloud({ ...tenth, databaseQueries, documentsRead: 502 });
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
    expect(await pulled(7)).toEqual([500, true]);
    expect(await pulled(6)).toBe("over");
  });
});
