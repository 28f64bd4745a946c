// A Convex deployment: runs the functions of a convex/ folder, and keeps what they write.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { convexTest, type StoredDocument } from "convex-test";
import { makeFunctionReference, type UserIdentity } from "convex/server";
import { ConvexError, convexToJson, jsonToConvex, type JSONValue, type Value } from "convex/values";
import { Faults } from "../faults.ts";
import { readText, replaceFile } from "../files.ts";
import { authenticator } from "./auth.ts";
import { IndexedDatabase } from "./database.ts";
import { loadFunctions, type Kind } from "./functions.ts";

export type Deployment = Awaited<ReturnType<typeof openDeployment>>;
/** How a call ended, in the words that both protocols share. */
export type Outcome = { logLines: string[] } & (
  { value: JSONValue } | { errorMessage: string; errorData?: JSONValue }
);
export type Call = { path: string; args: unknown; identity: UserIdentity | null };

/** How many answered mutations are remembered, for clients that send them again. */
const REMEMBERED = 10_000;

/** Opens a deployment of the functions in a folder, with what an earlier run has kept. */
export async function openDeployment(folder: string, dataFolder: string) {
  const functions = await loadFunctions(folder);
  /** By the path of their component; that of the app is "". */
  const databases: Record<string, IndexedDatabase> = {};
  class Database extends IndexedDatabase {
    constructor(...args: ConstructorParameters<typeof IndexedDatabase>) {
      super(...args);
      databases[this._componentPath] = this;
    }
  }
  const { schema, modules, components } = functions;
  const test = convexTest({ schema, modules, transactionLimits: true, database: Database });
  for (const each of components) test.registerComponent(each.path, each.schema, each.modules);

  const as = (identity: UserIdentity | null) => (identity ? test.withIdentity(identity) : test);
  const faults = new Faults();
  const mutated = new Map<string, Promise<{ outcome: Outcome; ts: bigint }>>();
  const deployment = {
    functions,
    faults,
    authenticate: authenticator(functions.auth, faults),
    /** The last commit, in nanoseconds. No client must have seen a later one. */
    ts: BigInt(Date.now()) * 1_000_000n,
    /** Called after each commit. */
    onCommit: new Set<() => void>(),
    isClosed: false,

    /** Runs any function, internal ones too. */
    async run(name: string, args: unknown, identity: UserIdentity | null = null) {
      const { kind } = (await functions.find(name)) ?? {};
      if (!kind) throw new Error(`There is no function "${name}" to run.`);
      const run = as(identity)[kind] as (reference: unknown, args: Value) => Promise<Value | void>;
      const values = jsonToConvex((args ?? {}) as JSONValue);
      return convexToJson((await run(makeFunctionReference(name), values)) ?? null);
    },

    /** Runs a function that clients may call. */
    async call(kind: Kind, { path, args, identity }: Call): Promise<Outcome> {
      // "users.js:get" and "users:get" are the same function.
      const name = path.replace(/\.js(?=:|$)/, "");
      try {
        const known = await functions.find(name);
        if (!known?.isPublic) throw new Error(`Could not find public function for '${name}'.`);
        if (known.kind !== kind) {
          throw new Error(`Trying to execute ${name} as ${kind}, but it is a ${known.kind}.`);
        }
        return { value: await deployment.run(name, args, identity), logLines: [] };
      } catch (error) {
        return { ...failure(error), logLines: [] };
      }
    },

    /** Runs a mutation, or remembers how it ended: a client repeats what it has no answer to. */
    mutateOnce(id: string, call: Call) {
      const run = async () => ({
        outcome: await deployment.call("mutation", call),
        ts: deployment.ts,
      });
      const result = mutated.get(id) ?? run();
      mutated.set(id, result);
      const [oldest = ""] = mutated.keys();
      if (mutated.size > REMEMBERED) mutated.delete(oldest);
      return result;
    },

    /** Runs the HTTP action that http.ts has for a path. */
    fetch: (path: string, init: RequestInit, identity: UserIdentity | null): Promise<Response> =>
      as(identity).fetch(path, init),
  };

  // A line for each commit: the path of its database, and the documents as they are now.
  const journal = join(dataFolder, "convex.jsonl");
  const lineOf = (path: string, ids: string[]): string => {
    const documents = databases[path]?._documents ?? {};
    const changed = ids.map((id) => [id, convexToJson((documents[id] ?? null) as Value)]);
    return `${JSON.stringify([path, changed])}\n`;
  };
  // What a kill left half written is no line.
  for (const line of readText(journal, "").split("\n").slice(0, -1)) {
    const [path, documents] = JSON.parse(line) as [string, [string, JSONValue][]];
    for (const [id, json] of documents) {
      databases[path]?.restore(id, jsonToConvex(json) as StoredDocument | null);
    }
  }
  const whole = ([path, { _documents }]: [string, IndexedDatabase]) =>
    lineOf(path, Object.keys(_documents));
  replaceFile(journal, Object.entries(databases).map(whole).join(""));
  for (const [path, database] of Object.entries(databases)) {
    database.onCommit = (ids) => {
      // A function that still runs when the cloud stops has not committed.
      if (!deployment.isClosed) appendFileSync(journal, lineOf(path, ids));
      const now = BigInt(Date.now()) * 1_000_000n;
      deployment.ts = now > deployment.ts ? now : deployment.ts + 1n;
      for (const tell of deployment.onCommit) tell();
    };
    await resume(path, database, test);
  }
  return deployment;
}

/** Timers do not outlive the process: what was still to run is scheduled anew. */
async function resume(
  path: string,
  database: IndexedDatabase,
  test: ReturnType<typeof convexTest>,
) {
  for (const [id, document] of Object.entries(database._documents)) {
    const { state, name, args, scheduledTime } = document as unknown as Job;
    const isJob = id.endsWith("_scheduled_functions");
    if (!isJob || (state.kind !== "pending" && state.kind !== "inProgress")) continue;
    await test.runInComponent(path, async ({ scheduler }) => {
      database._addWrite(id, null);
      await scheduler.runAt(scheduledTime, makeFunctionReference<"mutation">(name), args[0] ?? {});
    });
  }
}

/** A function that waits for its time, as convex-test keeps it. */
type Job = { state: { kind: string }; name: string; args: [object?]; scheduledTime: number };

function failure(error: unknown): { errorMessage: string; errorData?: JSONValue } {
  const prefix = "Server Error\nUncaught ";
  if (!(error instanceof ConvexError)) return { errorMessage: prefix + String(error) };
  const errorData = convexToJson(error.data as Value);
  const text = typeof errorData === "string" ? errorData : JSON.stringify(errorData);
  return { errorMessage: `${prefix}ConvexError: ${text}`, errorData };
}
