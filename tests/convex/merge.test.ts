import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edit, fields, isDeleted, isSame, merge, updatedAt, type Todo } from "../../convex/merge";
import vectors from "../vectors/merge.json";

describe("the shared vectors", () => {
  it("are all there", () => expect(vectors.length).toBeGreaterThanOrEqual(20));

  it.each(vectors)("$name", ({ a, b, merged, deleted, updatedAt: latest }) => {
    expect(merge(a, b)).toEqual(merged);
    expect(merge(b, a), "the other way round").toEqual(merged);
    expect(isDeleted(merged)).toBe(deleted);
    expect(updatedAt(merged)).toBe(latest);
  });
});

// Few moments and few values, so that ties are common.
const moment = fc.integer({ min: 0, max: 6 });
const text = fc.constantFrom("", "a", "ab", "B", "é", "\uFF5E", "\u{1F600}", "\u{1F600}a");
const register = <T>(value: fc.Arbitrary<T>) => fc.record({ value, at: moment });
const version: fc.Arbitrary<Todo> = fc.record({
  id: fc.constant("01890a5d-ac96-774b-bcce-b302099a8057"),
  createdAt: moment,
  title: register(text),
  description: register(fc.option(text)),
  completed: register(fc.boolean()),
  deletedAt: register(fc.option(moment)),
});
describe("merge", () => {
  it("is commutative: devices meet in either order", () =>
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(merge(a, b)).toEqual(merge(b, a));
      }),
      { numRuns: 2_000 },
    ));

  it("is associative: versions arrive in any grouping", () =>
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      }),
      { numRuns: 2_000 },
    ));

  it("is idempotent: a version that was merged before changes nothing", () =>
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(isSame(merge(a, a), a)).toBe(true);
        expect(isSame(merge(merge(a, b), b), merge(a, b))).toBe(true);
      }),
      { numRuns: 2_000 },
    ));

  it("keeps the last edit of either side", () =>
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(updatedAt(merge(a, b))).toBe(Math.max(updatedAt(a), updatedAt(b)));
      }),
      { numRuns: 2_000 },
    ));

  it("keeps edits to different fields", () =>
    fc.assert(
      fc.property(version, moment, moment, (base, first, second) => {
        const here = edit(base, "title", "here", 10 + first);
        const there = edit(base, "completed", !base.completed.value, 10 + second);
        expect(merge(here, there)).toMatchObject({
          title: here.title,
          completed: there.completed,
        });
      }),
    ));

  it("lets the later of delete and edit win", () =>
    fc.assert(
      fc.property(version, moment, moment, (base, deleted, edited) => {
        const here = edit(base, "deletedAt", 10 + deleted, 10 + deleted);
        const there = edit(base, "completed", true, 10 + edited);
        expect(isDeleted(merge(here, there))).toBe(deleted >= edited);
      }),
    ));

  it("revives what is edited after its deletion, and deletes it again", () =>
    fc.assert(
      fc.property(version, fc.constantFrom(...fields), (base, field) => {
        const deleted = edit(base, "deletedAt", 3, 0);
        expect(isDeleted(deleted)).toBe(true);
        const value = { title: "x", description: "x", completed: true, deletedAt: null }[field];
        const revived = edit(deleted, field, value as never, 0);
        expect(isDeleted(merge(deleted, revived))).toBe(false);
        expect(isDeleted(merge(revived, edit(revived, "deletedAt", 4, 0)))).toBe(true);
      }),
    ));
});
