// A Convex deployment: runs the functions of a convex/ folder, keeps what they write, and tells its
// sessions what a commit has changed.
import { join } from "node:path";
import { convexTest, type StoredDocument } from "convex-test";
import { makeFunctionReference, type UserIdentity } from "convex/server";
import { ConvexError, convexToJson, jsonToConvex, type JSONValue, type Value } from "convex/values";
import { Faults } from "../faults.ts";
import { Journal } from "../journal.ts";
import { authenticator, TokenRefused } from "./auth.ts";
import { IndexedDatabase, recordReads, type Change, type Read } from "./database.ts";
import { loadFunctions, type Functions, type Kind } from "./functions.ts";

/** How a call ended, in the words that both protocols share. */
export type Outcome = { logLines: string[] } & (
  { value: JSONValue } | { errorMessage: string; errorData?: JSONValue }
);
export type Call = { path: string; args: unknown; identity: UserIdentity | null };
type Mutated = { outcome: Outcome; ts: bigint };
type Run = (reference: unknown, args: Value) => Promise<Value | undefined>;
/** A journal's line: a component's path ("" is the app), and what a commit changed in it. */
type Entry = [path: string, documents: [id: string, document: JSONValue][]];

/** How many answered mutations are remembered, for clients that send them again. */
const REMEMBERED = 10_000;

export class Deployment {
  readonly faults = new Faults();
  /** Called after each commit. */
  readonly onCommit = new Set<(changes: Change[]) => void>();
  /** The last commit, in nanoseconds. No client must have seen a later one. */
  ts = BigInt(Date.now()) * 1_000_000n;
  readonly #authenticate;
  readonly #test;
  readonly #databases = new Map<string, IndexedDatabase>();
  readonly #mutated = new Map<string, Promise<Mutated>>();

  private constructor(
    readonly functions: Functions,
    readonly journal: Journal<Entry>,
  ) {
    const track = (database: IndexedDatabase) => {
      this.#databases.set(database._componentPath, database);
      database.onCommit = (changes) => this.#committed(database._componentPath, changes);
    };
    class Database extends IndexedDatabase {
      constructor(...args: ConstructorParameters<typeof IndexedDatabase>) {
        super(...args);
        track(this);
      }
    }
    const { schema, modules, components } = functions;
    this.#authenticate = authenticator(functions.auth);
    this.#test = convexTest({ schema, modules, transactionLimits: true, database: Database });
    for (const each of components) {
      this.#test.registerComponent(each.path, each.schema, each.modules);
    }
  }

  /** Opens a deployment of the functions in a folder, with what an earlier run has kept. */
  static async open(functions: string, dataFolder: string): Promise<Deployment> {
    const journal = new Journal<Entry>(join(dataFolder, "convex.jsonl"));
    const deployment = new Deployment(await loadFunctions(functions), journal);
    deployment.#restore();
    for (const [path, database] of deployment.#databases) await deployment.#resume(path, database);
    return deployment;
  }

  /** @throws TokenRefused */
  async authenticate(token: string) {
    if (this.faults.strikes("refuse_tokens", "")) throw new TokenRefused("Tokens are refused.");
    return this.#authenticate(token);
  }

  /** Runs a function that clients may call. `reads` is filled with what it read. */
  async call(kind: Kind, { path, args, identity }: Call, reads: Read[] = []): Promise<Outcome> {
    // "users.js:get" and "users:get" are the same function.
    const name = path.replace(/\.js(?=:|$)/, "");
    const known = this.functions.kinds.get(name);
    try {
      if (!known?.isPublic) throw new Error(`Could not find public function for '${name}'.`);
      if (known.kind !== kind) {
        throw new Error(`Trying to execute ${name} as ${kind}, but it is a ${known.kind}.`);
      }
      const value = await recordReads(reads, () => this.run(name, args, identity));
      return { value, logLines: [] };
    } catch (error) {
      return { ...failure(error), logLines: [] };
    }
  }

  /** Runs a mutation, or remembers how it ended: a client repeats what it has no answer to. */
  mutateOnce(id: string, call: Call): Promise<Mutated> {
    const done = async () => ({ outcome: await this.call("mutation", call), ts: this.ts });
    const mutated = this.#mutated.get(id) ?? done();
    this.#mutated.set(id, mutated);
    const [oldest = ""] = this.#mutated.keys();
    if (this.#mutated.size > REMEMBERED) this.#mutated.delete(oldest);
    return mutated;
  }

  /** Runs any function, internal ones too. */
  async run(name: string, args: unknown, identity: UserIdentity | null = null) {
    const kind = this.functions.kinds.get(name)?.kind;
    if (!kind) throw new Error(`There is no function "${name}" to run.`);
    const run = this.#as(identity)[kind] as Run;
    const values = jsonToConvex((args ?? {}) as JSONValue);
    return convexToJson((await run(makeFunctionReference(name), values)) ?? null);
  }

  /** Runs the HTTP action that http.ts has for a path. */
  fetch(path: string, init: RequestInit, identity: UserIdentity | null): Promise<Response> {
    return this.#as(identity).fetch(path, init);
  }

  #as = (identity: UserIdentity | null) =>
    identity ? this.#test.withIdentity(identity) : this.#test;

  #committed(path: string, changes: Change[]): void {
    this.journal.append(
      entry(
        path,
        changes.map(({ id, after }) => [id, after]),
      ),
    );
    const now = BigInt(Date.now()) * 1_000_000n;
    this.ts = now > this.ts ? now : this.ts + 1n;
    for (const tell of this.onCommit) tell(changes);
  }

  /** Brings back what was kept, and keeps each document in a line of its own from here on. */
  #restore(): void {
    for (const [path, documents] of this.journal.read()) {
      for (const [id, json] of documents) {
        const document = jsonToConvex(json) as StoredDocument | null;
        this.#databases.get(path)?.restore(id, document);
      }
    }
    const all = [...this.#databases].flatMap(([path, { _documents: documents }]) =>
      Object.entries(documents).map((each) => entry(path, [each])),
    );
    this.journal.rewrite(all);
  }

  /** Timers do not outlive the process: what was still to run is scheduled anew. */
  async #resume(path: string, database: IndexedDatabase): Promise<void> {
    for (const [id, document] of Object.entries(database._documents)) {
      const { state, name, args, scheduledTime } = document as unknown as Job;
      const isJob = id.endsWith("_scheduled_functions");
      if (!isJob || (state.kind !== "pending" && state.kind !== "inProgress")) continue;
      await this.#test.runInComponent(path, async ({ scheduler }) => {
        database._addWrite(id, null);
        const reference = makeFunctionReference<"mutation">(name);
        await scheduler.runAt(scheduledTime, reference, args[0] ?? {});
      });
    }
  }
}

/** A function that waits for its time, as convex-test keeps it. */
type Job = {
  state: { kind: string };
  name: string;
  args: Record<string, Value>[];
  scheduledTime: number;
};

const entry = (path: string, documents: [string, StoredDocument | null][]): Entry => [
  path,
  documents.map(([id, document]) => [id, convexToJson(document as Value)]),
];

function failure(error: unknown): { errorMessage: string; errorData?: JSONValue } {
  const prefix = "Server Error\nUncaught ";
  if (!(error instanceof ConvexError)) return { errorMessage: prefix + String(error) };
  const errorData = convexToJson(error.data as Value);
  const text = typeof errorData === "string" ? errorData : JSON.stringify(errorData);
  return { errorMessage: `${prefix}ConvexError: ${text}`, errorData };
}
