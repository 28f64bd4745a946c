// convex-test's database with ordered indexes under it: a query reads its range, not every document.
import { createRequire } from "node:module";
import type SortedBTree from "sorted-btree";
import { DatabaseFake, evaluateFieldPath, evaluateQueryValue, tableNameFromId } from "convex-test";
import type { DatabaseQuery, PageRequest, RangeFilter, StoredDocument } from "convex-test";
import { compareValues, jsonToConvex, type JSONValue, type Value } from "convex/values";

type Key = (Value | undefined)[];
type Index = { table: string; fields: string[]; tree: SortedBTree<Key, StoredDocument> };

/** Sorts after every value of a field: the names in an object of Convex's are ASCII. */
const LAST = { "\u{10ffff}": null };

// Node and bundlers disagree on what the default import of this CommonJS package is.
const { default: BTree } = createRequire(import.meta.url)("sorted-btree") as {
  default: typeof SortedBTree;
};

export class IndexedDatabase extends DatabaseFake {
  readonly #indexes = new Map<string, Index>();
  /** Documents for the query that is being answered, in place of all of a table. */
  #found: Iterable<StoredDocument> | null = null;

  /** Called with the ids of the documents that a transaction changed, and when it was committed. */
  onCommit: (ids: string[], ts: bigint) => void = () => undefined;

  /** Puts a document of an earlier run in place, and numbers the next ones after it. */
  restore(id: string, json: JSONValue): void {
    const document = jsonToConvex(json) as StoredDocument | null;
    this._nextDocId = Math.max(this._nextDocId, Number.parseInt(id, 10) + 1);
    this._lastCreationTime = Math.max(this._lastCreationTime, document?._creationTime ?? 0);
    if (document) this._documents[id] = document;
    else Reflect.deleteProperty(this._documents, id);
  }

  override commit(commitTs: bigint | null = null): void {
    // A nested transaction commits into the one around it.
    const ids = this._writes.length === 1 ? Object.keys(this._writes[0] ?? {}) : [];
    const stored = () => ids.flatMap((id) => this._documents[id] ?? []);
    const before = stored();
    super.commit(commitTs);
    const after = stored();
    for (const { table, fields, tree } of this.#indexes.values()) {
      const isIndexed = ({ _id }: StoredDocument) => tableNameFromId(_id) === table;
      for (const document of before.filter(isIndexed)) tree.delete(keyOf(document, fields));
      for (const document of after.filter(isIndexed)) tree.set(keyOf(document, fields), document);
    }
    if (ids.length > 0 && commitTs !== null) this.onCommit(ids, commitTs);
  }

  override _resolveQuerySource(query: DatabaseQuery) {
    this.#found = query.source.type === "IndexRange" ? this.#find(query, query.source) : null;
    return super._resolveQuerySource(query);
  }

  /** Of the first page of a range, one more tells that it is not the last. */
  override paginate({ query: { operators, ...query }, ...ask }: PageRequest): unknown {
    const limit = ask.cursor === null && !ask.endCursor ? ask.pageSize + 1 : Infinity;
    return super.paginate({ ...ask, query: { ...query, operators: [...operators, { limit }] } });
  }

  /** Documents among which the query's are: convex-test takes those out, and sorts them. */
  override _iterateDocs(table: string, callback: (document: StoredDocument) => void): void {
    if (!this.#found) return super._iterateDocs(table, callback);
    for (const document of this.#found) callback(document);
  }

  /** The committed documents of a range, as many as the query can use; and all that are written. */
  *#find(
    { operators }: DatabaseQuery,
    { indexName, range, order }: DatabaseQuery["source"] & { type: "IndexRange" },
  ) {
    const { table, tree } = this.#index(indexName);
    const [low, high] = bounds(range);
    const isUp = order !== "desc";
    const limits = operators.map((each) => ("limit" in each ? each.limit : Infinity));
    let wanted = operators.some((each) => "filter" in each) ? Infinity : Math.min(...limits);

    const writes = this._writes.flatMap((each) => Object.entries(each));
    const written = new Map(writes.filter(([id]) => tableNameFromId(id) === table));
    const isPast = (key: Key) => (isUp ? compareKeys(key, high) : compareKeys(low, key)) > 0;
    for (const [key, document] of isUp ? tree.entries(low) : tree.entriesReversed(high)) {
      if (wanted === 0 || isPast(key)) break;
      if (written.has(document._id)) continue;
      yield document;
      wanted -= 1;
    }
    for (const document of written.values()) if (document) yield document;
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
    if (type === "Eq" || type.startsWith("Gt")) low.push(value);
    if (type === "Eq" || type.startsWith("Lt")) high.push(value);
    if (type === "Gt") low.push(LAST);
    if (type === "Lte") high.push(LAST);
  }
  if (!range.some(({ type }) => type.startsWith("Lt"))) high.push(LAST);
  return [low, high];
}

const keyOf = (document: StoredDocument, fields: string[]): Key =>
  fields.map((field) => evaluateFieldPath(field, document));

function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = a[i] === b[i] ? 0 : compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
