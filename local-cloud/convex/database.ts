// convex-test's database with ordered indexes under it: a query reads its range, not every document.
import { createRequire } from "node:module";
import type SortedBTree from "sorted-btree";
import {
  DatabaseFake,
  evaluateFieldPath,
  evaluateQueryValue,
  tableNameFromId,
  type DatabaseQuery,
  type RangeFilter,
  type StoredDocument,
} from "convex-test";
import { compareValues, type Value } from "convex/values";

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
  /** Committed documents for the query that is being answered, in place of all of a table. */
  #found: Iterable<StoredDocument> | null = null;

  /** Called with the ids of the documents that a transaction changed, once it is committed. */
  onCommit: (ids: string[]) => void = () => undefined;

  /** Puts a document of an earlier run in place, and numbers the next ones after it. */
  restore(id: string, document: StoredDocument | null): void {
    this._nextDocId = Math.max(this._nextDocId, Number.parseInt(id, 10) + 1);
    this._lastCreationTime = Math.max(this._lastCreationTime, document?._creationTime ?? 0);
    if (document) this._documents[id] = document;
    else Reflect.deleteProperty(this._documents, id);
  }

  override commit(commitTs: bigint | null = null): void {
    // A nested transaction commits into the one around it.
    const ids = this._writes.length === 1 ? Object.keys(this._writes[0] ?? {}) : [];
    this.#eachIndexed(ids, (document, { fields, tree }) => tree.delete(keyOf(document, fields)));
    super.commit(commitTs);
    this.#eachIndexed(ids, (document, { fields, tree }) =>
      tree.set(keyOf(document, fields), document),
    );
    if (ids.length > 0) this.onCommit(ids);
  }

  #eachIndexed(ids: string[], work: (document: StoredDocument, index: Index) => void): void {
    for (const id of ids) {
      const document = this._documents[id];
      const table = tableNameFromId(id);
      for (const index of this.#indexes.values()) {
        if (document && index.table === table) work(document, index);
      }
    }
  }

  override _resolveQuerySource(query: DatabaseQuery) {
    if (query.source.type === "IndexRange") this.#found = this.#find(query, query.source);
    try {
      return super._resolveQuerySource(query);
    } finally {
      this.#found = null;
    }
  }

  /** Documents among which the query's are: convex-test takes those out, and sorts them. */
  override _iterateDocs(table: string, callback: (document: StoredDocument) => void): void {
    if (!this.#found) return super._iterateDocs(table, callback);
    for (const document of this.#found) callback(document);
    for (const document of this.#pending(table).values()) if (document) callback(document);
  }

  /** The committed documents of a range in their order, as many as the query can use. */
  *#find(
    { operators }: DatabaseQuery,
    { indexName, range, order }: DatabaseQuery["source"] & { type: "IndexRange" },
  ) {
    const { table, tree } = this.#index(indexName);
    const [low, high] = bounds(range);
    const [entries, isPast] =
      order === "desc"
        ? [tree.entriesReversed(high), (key: Key) => compareKeys(key, low) < 0]
        : [tree.entries(low), (key: Key) => compareKeys(key, high) > 0];
    const limits = operators.map((each) => ("limit" in each ? each.limit : Infinity));
    let wanted = operators.some((each) => "filter" in each) ? Infinity : Math.min(...limits);

    const pending = this.#pending(table);
    for (const [key, document] of entries) {
      if (wanted === 0 || isPast(key)) return;
      if (pending.has(document._id)) continue;
      yield document;
      wanted -= 1;
    }
  }

  /** What the transaction has written into a table so far. */
  #pending(table: string): Map<string, StoredDocument | null> {
    const writes = this._writes.flatMap((each) => Object.entries(each));
    return new Map(writes.filter(([id]) => tableNameFromId(id) === table));
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
  const [low, high]: [Key, Key] = [[], []];
  for (const { type, value: json } of range) {
    const value = evaluateQueryValue(json);
    if (type === "Eq" || type === "Gte") low.push(value);
    if (type === "Gt") low.push(value, LAST);
    if (type === "Eq" || type === "Lt") high.push(value);
    if (type === "Lte") high.push(value, LAST);
  }
  if (!range.some(({ type }) => type === "Lt" || type === "Lte")) high.push(LAST);
  return [low, high];
}

const keyOf = (document: StoredDocument, fields: string[]): Key =>
  fields.map((field) => evaluateFieldPath(field, document));

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
