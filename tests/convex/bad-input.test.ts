// What a push does with what it should never be sent: each is answered with a code, the valid rows of
// the batch go in, nothing else changes.
import { describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import { cloud, codeOf, everything, idOf, pull, push, row, start, useClock } from "./cloud";

useClock();

const without = (key: string) =>
  Object.fromEntries(Object.entries(row(1)).filter(([name]) => name !== key));

const bad: [string, unknown, string][] = [
  ["no object", "row", "badRow"],
  ["null", null, "badRow"],
  ["a list", [row(1)], "badRow"],
  ["bytes", new ArrayBuffer(8), "badRow"],
  ["nothing in it", {}, "badRow"],
  ["no title", without("title"), "badRow"],
  ["no stamps", without("stamps"), "badRow"],
  ["stamps of null", { ...row(1), stamps: null }, "badRow"],
  ["a number for a title", row(1, { title: 5 }), "badRow"],
  ["a list for a description", row(1, { description: [] }), "badRow"],
  ["a number for completed", row(1, { completed: 1 }), "badRow"],
  ["a field that is unknown", row(1, { priority: 1 }), "unknownField"],
  ["a rev of its own", row(1, { rev: 7 }), "unknownField"],
  ["a stamp that is unknown", row(1, { stamps: { priority: 1 } }), "unknownField"],
  ["no clientId", row(1, { clientId: null }), "badClientId"],
  ["a clientId that is none", row(1, { clientId: "1" }), "badClientId"],
  ["a clientId in capitals", row(1, { clientId: idOf(0xabc).toUpperCase() }), "badClientId"],
  ["a negative stamp", row(1, { stamps: { title: -1 } }), "badStamp"],
  ["a stamp that is no number", row(1, { stamps: { title: NaN } }), "badStamp"],
  ["an endless stamp", row(1, { stamps: { title: Infinity } }), "badStamp"],
  ["a fraction of a millisecond", row(1, { stamps: { completed: 1.5 } }), "badStamp"],
  ["a stamp of 2^53", row(1, { stamps: { description: 2 ** 53 } }), "badStamp"],
  ["a stamp in words", row(1, { stamps: { deletedAt: "now" } }), "badStamp"],
  ["an int64 for a stamp", row(1, { stamps: { title: 5n } }), "badStamp"],
  [
    "a missing stamp",
    { ...row(1), stamps: { title: 1, description: 1, completed: 1 } },
    "badStamp",
  ],
  ["a negative createdAt", row(1, { createdAt: -1 }), "badStamp"],
  ["a deletedAt that is no number", row(1, { deletedAt: NaN }), "badStamp"],
  ["no deletedAt", without("deletedAt"), "badStamp"],
  ["a stamp in the far future", row(1, { stamps: { title: 2 ** 53 - 1 } }), "farFuture"],
  ["a deletion in the far future", row(1, { deletedAt: 2 ** 53 - 1 }), "farFuture"],
  ["no text in its title", row(1, { title: " \n\ufeff" }), "titleEmpty"],
  ["501 characters", row(1, { title: "é".repeat(501) }), "titleTooLong"],
  ["10,001 characters", row(1, { description: "é".repeat(10_001) }), "descriptionTooLong"],
  ["a control character", row(1, { title: "a\u0000" }), "controlCharacter"],
  ["a control character below", row(1, { description: "a\u0085" }), "controlCharacter"],
  ["half of a character", row(1, { title: "a\udc00" }), "loneSurrogate"],
  ["half of a character below", row(1, { description: "\ud800" }), "loneSurrogate"],
];

describe("a row with", () => {
  it.each(bad)("%s", async (_, value, code) => {
    const { ada } = cloud();
    await push(ada, [row(9)]);
    const answers = await push(ada, [row(2), value, row(3)]);
    expect(answers).toEqual([
      { ...row(2), rev: 2 },
      { clientId: clientIdOf(value), rejected: { code, message: expect.any(String) } },
      { ...row(3), rev: 3 },
    ]);
    const { rows } = await pull(ada);
    expect(rows.map(({ clientId }) => clientId)).toEqual([9, 2, 3].map(idOf));
  });

  it("another user's name in it is a row with an unknown field", async () => {
    const { t, ada, bob } = cloud();
    await push(ada, [row(1)]);
    await push(bob, [row(2)]);
    const before = await everything(t);
    const [todo] = before.todos;
    const forged = [{ userId: todo?.userId }, { _id: todo?._id }, { clerkId: "ada" }];
    for (const fields of forged) {
      expect(await push(bob, [row(1, fields)])).toMatchObject([
        { rejected: { code: "unknownField" } },
      ]);
    }
    expect(await everything(t)).toEqual(before);
  });
});

describe("a batch", () => {
  it("of 201 rows is refused as a whole", async () => {
    const { t, ada } = cloud();
    await ada.mutation(api.sync.hello, {});
    const before = await everything(t);
    const rows = Array.from({ length: 201 }, (_, n) => row(n));
    expect(await codeOf(ada.mutation(api.sync.push, { rows }))).toBe("tooManyRows");
    expect(await everything(t)).toEqual(before);
    expect(await push(ada, rows.slice(1)), "200 are taken").toHaveLength(200);
  });

  it("of 300 KiB is refused as a whole", async () => {
    const { t, ada } = cloud();
    await ada.mutation(api.sync.hello, {});
    const before = await everything(t);
    const rows = Array.from({ length: 40 }, (_, n) => row(n, { description: "a".repeat(7_680) }));
    expect(await codeOf(ada.mutation(api.sync.push, { rows }))).toBe("tooLarge");
    const bytes = [{ ...row(1), blob: new ArrayBuffer(300 * 1024) }];
    expect(await codeOf(ada.mutation(api.sync.push, { rows: bytes }))).toBe("tooLarge");
    expect(await everything(t)).toEqual(before);
  });

  it("of exactly 256 KiB of JSON is taken, of one byte more is not", async () => {
    const { ada } = cloud();
    const sized = (bytes: number) => {
      const rows = Array.from({ length: 30 }, (_, n) => row(n, { description: "é".repeat(4_000) }));
      const spare = bytes - new TextEncoder().encode(JSON.stringify(rows)).length;
      return rows.map((each, n) => (n > 2 ? each : row(n, pad(n, spare))));
    };
    const pad = (n: number, spare: number) => ({
      description: "é".repeat(4_000) + "a".repeat(Math.floor((spare + n) / 3)),
    });
    const [fits, over] = [sized(256 * 1024), sized(256 * 1024 + 1)];
    expect(new TextEncoder().encode(JSON.stringify(fits)).length).toBe(256 * 1024);
    expect(await push(ada, fits)).toHaveLength(30);
    expect(await codeOf(ada.mutation(api.sync.push, { rows: over }))).toBe("tooLarge");
  });

  it("of bad rows alone changes nothing", async () => {
    const { t, ada } = cloud();
    await push(ada, [row(1)]);
    const before = await everything(t);
    const answers = await push(
      ada,
      bad.map(([, value]) => value),
    );
    expect(answers.every((answer) => "rejected" in answer)).toBe(true);
    expect(await everything(t)).toEqual(before);
  });

  it("that overwrites with a bad row leaves the good one as it is", async () => {
    const { ada } = cloud();
    await push(ada, [row(1)]);
    await push(ada, [row(1, { title: "", completed: true }, start)]);
    expect((await pull(ada)).rows).toEqual([{ ...row(1), rev: 1 }]);
  });
});

const clientIdOf = (value: unknown) => {
  const id = (value as { clientId?: unknown } | null)?.clientId;
  return typeof id === "string" && id === idOf(1) ? id : null;
};
