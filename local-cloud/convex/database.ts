// convex-test's database with ordered indexes under it: a query reads its range, not every document.
import sortedBTree from "sorted-btree";
import {
  DatabaseFake,
  evaluateFieldPath,
  evaluateFilter,
  evaluateQueryValue,
  evaluateRangeFilter,
  resolveCommittedValues,
  tableNameFromId,
  validateIndexRangeExpression,
  type DatabaseQuery,
  type PageRequest,
  type RangeFilter,
  type StoredDocument,
} from "convex-test";
import { compareValues, jsonToConvex, type Value } from "convex/values";
import { recordRead } from "./reads.ts";

export type Change = { id: string; before: StoredDocument | null; after: StoredDocument | null };

/** Sorts after every value of a field. */
const LAST = Symbol("last");
type Key = (Value | undefined | typeof LAST)[];
type Index = { fields: string[]; tree: sortedBTree<Key, StoredDocument> };
type Table = { documents: Map<string, StoredDocument>; indexes: Map<string, Index> };

// The package is CommonJS: its class is the default export's default in Node, the export itself in bundlers.
const BTree = (sortedBTree as { default?: unknown }).default
  ? (sortedBTree as unknown as { default: typeof sortedBTree }).default
  : sortedBTree;

export class IndexedDatabase extends DatabaseFake {
  readonly #tables = new Map<string, Table>();
  /** The page being read: where it starts, and how many documents it can use. */
  #page: { after: Key | null; count: number } | null = null;

  /** Called with what a transaction changed, once it is committed. */
  onCommit: (changes: Change[]) => void = () => undefined;

  /** Puts a committed document in place, or takes it away. */
  apply(id: string, after: StoredDocument | null): Change {
    const table = this.#table(tableNameFromId(id) ?? "");
    const before = table.documents.get(id) ?? null;
    for (const { fields, tree } of table.indexes.values()) {
      if (before) tree.delete(keyOf(before, fields));
      if (after) tree.set(keyOf(after, fields), after);
    }
    if (after) {
      table.documents.set(id, after);
      this._documents[id] = after;
    } else {
      table.documents.delete(id);
      Reflect.deleteProperty(this._documents, id);
    }
    return { id, before, after };
  }

  /** Puts a document of an earlier run in place, and numbers the next ones after it. */
  restore(id: string, document: StoredDocument | null): void {
    this._nextDocId = Math.max(this._nextDocId, Number.parseInt(id, 10) + 1);
    this.apply(id, document);
    this._lastCreationTime = Math.max(this._lastCreationTime, document?._creationTime ?? 0);
  }

  documents(): StoredDocument[] {
    return Object.values(this._documents);
  }

  override get(tableName: string | undefined, id: string): StoredDocument | null {
    recordRead({ path: this._componentPath, table: tableName ?? tableNameFromId(id) ?? "", id });
    return super.get(tableName, id);
  }

  override commit(commitTs: bigint | null = null): void {
    const outermost = this._writes.length === 1;
    if (!outermost) return super.commit(commitTs);
    const changes = Object.entries(this._writes.pop() ?? {}).map(([id, write]) =>
      this.apply(id, write && commitTs !== null ? resolveCommittedValues(write, commitTs) : write),
    );
    if (changes.length > 0) this.onCommit(changes);
  }

  override paginate(request: PageRequest): unknown {
    const after = request.cursor && request.cursor !== "_end_cursor" ? keyIn(request.cursor) : null;
    // One document more than the page tells that there is another page.
    this.#page = { after, count: request.endCursor ? Infinity : request.pageSize + 1 };
    try {
      return super.paginate(request);
    } finally {
      this.#page = null;
    }
  }

  override _iterateDocs(tableName: string, callback: (doc: StoredDocument) => void): void {
    recordRead({ path: this._componentPath, table: tableName });
    const pending = this.#pending(tableName);
    for (const document of pending.values()) if (document) callback(document);
    for (const [id, document] of this.#table(tableName).documents) {
      if (!pending.has(id)) callback(document);
    }
  }

  override _resolveQuerySource(query: DatabaseQuery) {
    const { source } = query;
    if (source.type === "Search") return super._resolveQuerySource(query);
    const [table = "", name = ""] =
      source.type === "IndexRange"
        ? source.indexName.split(".")
        : [source.tableName, "by_creation_time"];
    const range = source.type === "IndexRange" ? source.range : [];
    const index = this.#index(table, name);
    validateIndexRangeExpression({ range }, index.fields);
    recordRead({ path: this._componentPath, table, range });

    const order = source.order ?? "asc";
    const filters = query.operators.flatMap((each) => ("filter" in each ? [each.filter] : []));
    const limit =
      query.operators.flatMap((each) => ("limit" in each ? [each.limit] : []))[0] ?? null;
    const filterFn = (document: StoredDocument) =>
      filters.every((filter) => Boolean(evaluateFilter(document, filter)));
    const wanted = this.#page?.count ?? limit ?? Infinity;
    const sortedDocs: StoredDocument[] = [];
    let matching = 0;
    for (const document of this.#inOrder(table, index, range, order)) {
      if (matching >= wanted) break;
      sortedDocs.push(document);
      if (filterFn(document)) matching += 1;
    }
    return { sortedDocs, filterFn, limit, fieldPathsToSortBy: index.fields, order };
  }

  /** Committed and pending documents of a range, merged in the index's order. */
  *#inOrder(table: string, index: Index, range: RangeFilter[], order: "asc" | "desc") {
    const ascending = order === "asc";
    const compare = ascending ? compareKeys : (a: Key, b: Key) => compareKeys(b, a);
    const [first, last] = ascending ? bounds(range) : bounds(range).reverse();
    const after = this.#page?.after ?? null;
    const isAfter = (key: Key) => after === null || compare(key, after) > 0;

    const pending = this.#pending(table);
    const added = [...pending.values()]
      .filter((each) => each !== null)
      .filter((each) => range.every((filter) => evaluateRangeFilter(each, filter)))
      .map((each) => ({ key: keyOf(each, index.fields), document: each }))
      .filter(({ key }) => isAfter(key))
      .sort((a, b) => compare(a.key, b.key));
    const from = after ?? first;
    const entries = ascending ? index.tree.entries(from) : index.tree.entriesReversed(from);
    let next = 0;
    for (const [key, document] of entries) {
      if (compare(key, last ?? []) > 0) break;
      if (!isAfter(key) || pending.has(document._id)) continue;
      for (let each = added[next]; each && compare(each.key, key) < 0; each = added[++next]) {
        yield each.document;
      }
      yield document;
    }
    for (const { document } of added.slice(next)) yield document;
  }

  #pending(table: string): Map<string, StoredDocument | null> {
    const pending = new Map<string, StoredDocument | null>();
    for (const writes of this._writes) {
      for (const [id, write] of Object.entries(writes)) {
        if (id.endsWith(table) && tableNameFromId(id) === table) pending.set(id, write);
      }
    }
    return pending;
  }

  #table(name: string): Table {
    const table = this.#tables.get(name) ?? { documents: new Map(), indexes: new Map() };
    this.#tables.set(name, table);
    return table;
  }

  #index(tableName: string, name: string): Index {
    const table = this.#table(tableName);
    const known = table.indexes.get(name);
    if (known) return known;
    const fields = this.#fields(tableName, name);
    const index: Index = { fields, tree: new BTree<Key, StoredDocument>(undefined, compareKeys) };
    for (const document of table.documents.values()) {
      index.tree.set(keyOf(document, fields), document);
    }
    table.indexes.set(name, index);
    return index;
  }

  #fields(table: string, name: string): string[] {
    if (name === "by_id") return ["_id"];
    if (name === "by_creation_time") return ["_creationTime", "_id"];
    const declared = this._schema?.tables.get(table)?.indexes;
    const index = declared?.find(({ indexDescriptor }) => indexDescriptor === name);
    if (!index) throw new Error(`Index ${table}.${name} is not declared in the schema.`);
    return [...index.fields, "_creationTime", "_id"];
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
