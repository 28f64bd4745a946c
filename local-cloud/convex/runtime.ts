// Runs the functions of a convex/ folder, keeps what they write, and tells who may be affected.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { convexTest, type StoredDocument } from "convex-test";
import { makeFunctionReference, type UserIdentity } from "convex/server";
import { ConvexError, convexToJson, jsonToConvex, type JSONValue, type Value } from "convex/values";
import type { Clock } from "../clock.ts";
import type { Journal } from "../journal.ts";
import { IndexedDatabase, type Change } from "./database.ts";
import { loadFunctions, type Functions, type Kind } from "./functions.ts";
import { recordReads, type Read } from "./reads.ts";

export type Outcome = { logLines: string[] } & (
  { ok: true; value: JSONValue } | { ok: false; message: string; data?: JSONValue }
);
export type Call = { path: string; args: unknown; identity: UserIdentity | null };

/** A journal's line: a component's path ("" is the app), and what a commit changed in it. */
type Entry = [path: string, documents: [id: string, document: JSONValue][]];

/** Whatever a commit sets off runs outside the function that committed. */
const outside = AsyncLocalStorage.snapshot();

export class Runtime {
  readonly #databases = new Map<string, IndexedDatabase>();
  readonly #test;
  /** Called after each commit, with the component's path. */
  onCommit: (path: string, changes: Change[]) => void = () => undefined;

  private constructor(
    readonly functions: Functions,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    const commits = (path: string, changes: Change[]) => this.#committed(path, changes);
    const databases = this.#databases;
    class Database extends IndexedDatabase {
      override onCommit = (changes: Change[]) => commits(this._componentPath, changes);
      constructor(...args: ConstructorParameters<typeof IndexedDatabase>) {
        super(...args);
        databases.set(this._componentPath, this);
      }
    }
    const { schema, modules } = functions;
    this.#test = convexTest({ schema, modules, transactionLimits: true, database: Database });
    for (const component of functions.components) {
      this.#test.registerComponent(component.path, component.schema, component.modules);
    }
  }

  static async start(folder: string, journal: Journal, clock: Clock): Promise<Runtime> {
    const runtime = new Runtime(await loadFunctions(folder), journal, clock);
    runtime.#restore();
    await runtime.#resumeScheduled();
    return runtime;
  }

  /** Runs a function that clients may call. `reads` is filled with what it read. */
  async call(kind: Kind, { path, args, identity }: Call, reads: Read[] = []): Promise<Outcome> {
    const name = canonical(path);
    const known = this.functions.kinds.get(name);
    try {
      if (!known?.isPublic) throw new Error(`Could not find public function for '${name}'.`);
      if (known.kind !== kind) {
        throw new Error(`Trying to execute ${name} as ${kind}, but it is a ${known.kind}.`);
      }
      const value = await recordReads(reads, () => this.run(kind, name, args, identity));
      return { ok: true, value, logLines: [] };
    } catch (error) {
      return failure(error);
    }
  }

  /** Runs any function, internal ones too. */
  async run(kind: Kind, name: string, args: unknown, identity: UserIdentity | null = null) {
    const accessor = identity ? this.#test.withIdentity(identity) : this.#test;
    const values = jsonToConvex((args ?? {}) as JSONValue) as Record<string, Value>;
    const result = await this.clock.run(() => {
      if (kind === "query") return accessor.query(makeFunctionReference<"query">(name), values);
      if (kind === "mutation") {
        return accessor.mutation(makeFunctionReference<"mutation">(name), values);
      }
      return accessor.action(makeFunctionReference<"action">(name), values);
    });
    return convexToJson((result ?? null) as Value);
  }

  /** Runs the HTTP action that http.ts has for a path. */
  fetch(path: string, init: RequestInit, identity: UserIdentity | null): Promise<Response> {
    const accessor = identity ? this.#test.withIdentity(identity) : this.#test;
    return this.clock.run(() => accessor.fetch(path, init));
  }

  #committed(path: string, changes: Change[]): void {
    this.journal.append(
      entry(
        path,
        changes.map(({ id, after }) => [id, after]),
      ),
    );
    outside(() => this.onCommit(path, changes));
  }

  #restore(): void {
    const lines = this.journal.read() as Entry[];
    for (const [path, documents] of lines) {
      for (const [id, document] of documents) {
        const value = document === null ? null : (jsonToConvex(document) as StoredDocument);
        this.#databases.get(path)?.restore(id, value);
      }
    }
    const live = [...this.#databases].map(([path, database]) => ({
      path,
      all: database.documents(),
    }));
    const written = lines.reduce((sum, [, documents]) => sum + documents.length, 0);
    const kept = live.reduce((sum, { all }) => sum + all.length, 0);
    if (written > 2 * kept + 1000) {
      // A line each, so that no line grows with the database.
      this.journal.rewrite(
        live.flatMap(({ path, all }) => all.map((each) => entry(path, [[each._id, each]]))),
      );
    }
  }

  /** Timers do not outlive the process: what was still to run is scheduled anew. */
  async #resumeScheduled(): Promise<void> {
    for (const [path, database] of this.#databases) {
      for (const job of database
        .documents()
        .filter(({ _id }) => _id.endsWith("_scheduled_functions"))) {
        const { state, name, args, scheduledTime } = job as unknown as ScheduledJob;
        if (state.kind !== "pending" && state.kind !== "inProgress") continue;
        await this.#test.runInComponent(path, async ({ scheduler }) => {
          database._addWrite(job._id, null);
          await scheduler.runAt(
            scheduledTime,
            makeFunctionReference<"mutation">(name),
            args[0] ?? {},
          );
        });
      }
    }
  }
}

type ScheduledJob = {
  state: { kind: string };
  name: string;
  args: Record<string, Value>[];
  scheduledTime: number;
};

const entry = (path: string, documents: [string, StoredDocument | null][]): Entry => [
  path,
  documents.map(([id, document]) => [id, document && convexToJson(document)]),
];

/** "users.js:get" and "users:get" are the same function. */
function canonical(path: string): string {
  const [module = "", name = "default"] = path.split(":");
  return `${module.replace(/\.js$/, "")}:${name}`;
}

function failure(error: unknown): Outcome {
  const prefix = `[Request ID: ${randomBytes(8).toString("hex")}] Server Error\nUncaught `;
  if (!(error instanceof ConvexError))
    return { ok: false, message: prefix + String(error), logLines: [] };
  const data = convexToJson(error.data as Value);
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return { ok: false, message: `${prefix}ConvexError: ${text}`, data, logLines: [] };
}
