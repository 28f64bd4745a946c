// The indexed database answers each query as convex-test's own does.
import {
  DatabaseFake,
  type DatabaseQuery,
  type RangeFilter,
  type StoredDocument,
} from "convex-test";
import { expect, test } from "vitest";
import { IndexedDatabase } from "../convex/database.ts";
import schema from "./fixture/schema.ts";

test.each(Array.from({ length: 30 }, (_, seed) => seed))("seed %i", (seed) => {
  const random = generator(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const both = [new DatabaseFake(schema, ""), new IndexedDatabase(schema, "")] as const;
  const [stock, indexed] = both;
  const each = (work: (database: DatabaseFake) => void) => both.forEach(work);

  const write = () => {
    const id = `${10_000 + below(40)}notes`;
    const owner = ["ada", "bob", "eve"][below(3)] ?? "";
    const document: StoredDocument = {
      _id: id,
      _creationTime: below(9),
      owner,
      text: "",
      rank: below(6),
    };
    const isGone = random() < 0.25;
    each((database) => database._addWrite(id, isGone ? null : document));
  };
  for (let transaction = 0; transaction < 25; transaction++) {
    each((database) => database._writes.push({}));
    for (let i = below(12); i > 0; i--) write();
    const isNested = random() < 0.5;
    if (isNested) {
      each((database) => database._writes.push({}));
      for (let i = below(6); i > 0; i--) write();
    }
    for (let i = 0; i < 8; i++) {
      const query = anyQuery(below);
      expect(answer(indexed, query), JSON.stringify(query)).toEqual(answer(stock, query));
      expect(pages(indexed, query, 1 + below(4))).toEqual(
        answer(stock, { ...query, operators: [] }),
      );
    }
    const isKept = random() < 0.7;
    for (let level = isNested ? 2 : 1; level > 0; level--) {
      each((database) => (isKept ? database.commit(null) : void database._writes.pop()));
    }
  }
});

const answer = (database: DatabaseFake, query: DatabaseQuery): string[] => {
  const { sortedDocs, filterFn, limit } = database._resolveQuerySource(query);
  const found = sortedDocs.filter(filterFn).slice(0, limit ?? Infinity);
  return found.map(({ _id }) => _id);
};

/** All pages of a query, one after the other. */
function pages(database: DatabaseFake, query: DatabaseQuery, pageSize: number): string[] {
  const found: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const request = { query: { ...query, operators: [] }, cursor, pageSize };
    const page = database.paginate(request) as {
      page: StoredDocument[];
      isDone: boolean;
      continueCursor: string;
    };
    found.push(...page.page.map(({ _id }) => _id));
    if (page.isDone) return found;
    cursor = page.continueCursor;
  }
}

function anyQuery(below: (limit: number) => number): DatabaseQuery {
  const range: RangeFilter[] = [];
  const owner = { type: "Eq", fieldPath: "owner", value: ["ada", "bob"][below(2)] } as const;
  const filter = (type: RangeFilter["type"]) =>
    range.push({ type, fieldPath: "rank", value: below(6) });
  if (below(4) > 0) range.push(owner);
  if (range.length > 0 && below(3) > 0) {
    if (below(3) === 0) filter("Eq");
    else {
      if (below(3) > 0) filter(below(2) ? "Gt" : "Gte");
      if (below(3) > 0) filter(below(2) ? "Lt" : "Lte");
    }
  }
  const operators: DatabaseQuery["operators"] = [];
  if (below(3) === 0) operators.push({ filter: { $neq: [{ $field: "rank" }, { $literal: 2 }] } });
  if (below(2)) operators.push({ limit: below(6) });
  const order = below(2) ? "asc" : "desc";
  return {
    source: { type: "IndexRange", indexName: "notes.by_owner_rank", range, order },
    operators,
  };
}

/** A linear congruential generator: the same numbers for the same seed. */
function generator(seed: number): () => number {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
