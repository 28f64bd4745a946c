// convex-test's database with ordered indexes under it: a query reads its range, not every document.
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import type SortedBTree from "sorted-btree";
import {
  DatabaseFake,
  evaluateFieldPath,
  evaluateQueryValue,
  evaluateRangeFilter,
  tableNameFromId,
  type DatabaseQuery,
  type PageRequest,
  type RangeFilter,
  type StoredDocument,
} from "convex-test";
import { compareValues, jsonToConvex, type Value } from "convex/values";

type Document = StoredDocument | null;
/** What a commit did to one document of the app ("" is its path) or of a component. */
export type Change = { path: string; id: string; before: Document; after: Document };
/** A document or a range that a query has read: whether a change touches it. */
export type Read = (change: Change) => boolean;

const recording = new AsyncLocalStorage<Read[]>();

/** Runs a query's work, and adds what it reads to `reads`. */
export const recordReads = <T>(reads: Read[], work: () => T): T => recording.run(reads, work);

/** Sorts after every value of a field. */
const LAST = Symbol("last");
type Key = (Value | undefined | typeof LAST)[];
type Index = { table: string; fields: string[]; tree: SortedBTree<Key, StoredDocument> };

// Node and bundlers disagree on what the default import of this CommonJS package is.
const { default: BTree } = createRequire(import.meta.url)("sorted-btree") as {
  default: typeof SortedBTree;
};

export class IndexedDatabase extends DatabaseFake {
  readonly #indexes = new Map<string, Index>();
  /** The page that is being read. */
  #page: PageRequest | null = null;
  /** Committed documents for the query that is being answered, in place of all of a table. */
  #found: Iterable<StoredDocument> | null = null;

  /** Called with what a transaction changed, once it is committed. */
  onCommit: (changes: Change[]) => void = () => undefined;

  /** Puts a document of an earlier run in place, and numbers the next ones after it. */
  restore(id: string, document: Document): void {
    this._nextDocId = Math.max(this._nextDocId, Number.parseInt(id, 10) + 1);
    this._lastCreationTime = Math.max(this._lastCreationTime, document?._creationTime ?? 0);
    if (document) this._documents[id] = document;
    else Reflect.deleteProperty(this._documents, id);
  }

  override get(tableName: string | undefined, id: string): Document {
    this.#recordRead(tableNameFromId(id), (document) => document._id === id);
    return super.get(tableName, id);
  }

  override commit(commitTs: bigint | null = null): void {
    const ids = this._writes.length === 1 ? Object.keys(this._writes[0] ?? {}) : [];
    const before = ids.map((id) => this._documents[id] ?? null);
    super.commit(commitTs);
    const changes = ids.map((id, index) => ({
      path: this._componentPath,
      id,
      before: before[index] ?? null,
      after: this._documents[id] ?? null,
    }));
    for (const { id, before, after } of changes) {
      for (const { table, fields, tree } of this.#indexes.values()) {
        if (table !== tableNameFromId(id)) continue;
        if (before) tree.delete(keyOf(before, fields));
        if (after) tree.set(keyOf(after, fields), after);
      }
    }
    if (changes.length > 0) this.onCommit(changes);
  }

  override paginate(request: PageRequest): unknown {
    this.#page = request;
    try {
      return super.paginate(request);
    } finally {
      this.#page = null;
    }
  }

  override _resolveQuerySource(query: DatabaseQuery) {
    const { source } = query;
    if (source.type !== "Search") {
      const isRange = source.type === "IndexRange";
      const index = isRange ? source.indexName : `${source.tableName}.by_creation_time`;
      const range = isRange ? source.range : [];
      this.#found = this.#find(query, this.#index(index), source.order !== "desc", range);
    }
    return super._resolveQuerySource(query);
  }

  /** Documents among which the query's are: convex-test takes those out, and sorts them. */
  override _iterateDocs(table: string, callback: (document: StoredDocument) => void): void {
    const found = this.#found;
    this.#found = null;
    if (!found) {
      this.#recordRead(table);
      return super._iterateDocs(table, callback);
    }
    for (const document of found) callback(document);
    for (const document of this.#pending(table).values()) if (document) callback(document);
  }

  /** The committed documents of a range in their order, as many as the query can use. */
  *#find(
    { operators }: DatabaseQuery,
    { table, tree }: Index,
    isUp: boolean,
    range: RangeFilter[],
  ) {
    this.#recordRead(table, (document) =>
      range.every((filter) => evaluateRangeFilter(document, filter)),
    );
    const [low, high] = bounds(range);
    const { cursor = null, endCursor, pageSize = Infinity } = this.#page ?? {};
    const from = cursor && cursor !== "_end_cursor" ? keyIn(cursor) : isUp ? low : high;
    const [to, sign] = isUp ? [high, 1] : [low, -1];
    const isWhole = Boolean(endCursor) || operators.some((each) => "filter" in each);
    const [limit = Infinity] = operators.flatMap((each) => ("limit" in each ? [each.limit] : []));
    // Two more than a page has: the one at its cursor, and one that tells of another page.
    let wanted = isWhole ? Infinity : Math.min(limit, pageSize + 2);

    const pending = this.#pending(table);
    for (const [key, document] of isUp ? tree.entries(from) : tree.entriesReversed(from)) {
      if (wanted === 0 || sign * compareKeys(key, to) > 0) return;
      if (pending.has(document._id)) continue;
      yield document;
      wanted -= 1;
    }
  }

  /** What the transaction has written into a table so far. */
  #pending(table: string): Map<string, Document> {
    const writes = this._writes.flatMap((each) => Object.entries(each));
    return new Map(writes.filter(([id]) => tableNameFromId(id) === table));
  }

  #recordRead(table: string | null, isRead: (document: StoredDocument) => boolean = () => true) {
    recording.getStore()?.push(({ path, id, before, after }) => {
      const isSameTable = path === this._componentPath && table === tableNameFromId(id);
      return isSameTable && [before, after].some((each) => each !== null && isRead(each));
    });
  }

  /** An index, made when it is first asked for. */
  #index(path: string): Index {
    const known = this.#indexes.get(path);
    if (known) return known;
    const [table = "", name = ""] = path.split(".");
    const declared = this._schema?.tables.get(table)?.indexes ?? [];
    const named = declared.find(({ indexDescriptor }) => indexDescriptor === name)?.fields ?? [];
    const fields = name === "by_id" ? ["_id"] : [...named, "_creationTime", "_id"];
    const tree = new BTree<Key, StoredDocument>([], compareKeys);
    for (const [id, document] of Object.entries(this._documents)) {
      if (tableNameFromId(id) === table) tree.set(keyOf(document, fields), document);
    }
    this.#indexes.set(path, { table, fields, tree });
    return { table, fields, tree };
  }
}

/** The keys between which a range lies. A key that is a prefix of another sorts before it. */
function bounds(range: RangeFilter[]): [low: Key, high: Key] {
  const low: Key = [];
  const high: Key = [];
  for (const { type, value: json } of range) {
    const value = evaluateQueryValue(json);
    if (type === "Eq" || type === "Gt" || type === "Gte") low.push(value);
    if (type === "Eq" || type === "Lt" || type === "Lte") high.push(value);
    if (type === "Gt") low.push(LAST);
    if (type === "Lte") high.push(LAST);
  }
  if (!range.some(({ type }) => type === "Lt" || type === "Lte")) high.push(LAST);
  return [low, high];
}

const keyOf = (document: StoredDocument, fields: string[]): Key =>
  fields.map((field) => evaluateFieldPath(field, document));

/** The key in a cursor of convex-test: null stands for an absent field, a string for a value's JSON. */
const keyIn = (cursor: string): Key =>
  (JSON.parse(cursor) as (string | null)[]).map((part) =>
    part === null ? undefined : jsonToConvex(JSON.parse(part)),
  );

function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y) continue;
    if (x === LAST) return 1;
    if (y === LAST) return -1;
    const order = compareValues(x as Value | undefined, y as Value | undefined);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
