// A Convex deployment: runs the functions of a convex/ folder, and keeps what they write.
import { AsyncLocalStorage } from "node:async_hooks";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { convexTest } from "convex-test";
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

  const faults = new Faults();
  let isOpen = true;
  const deployment = {
    functions,
    faults,
    authenticate: authenticator(functions.auth, faults),
    /** The last commit, in nanoseconds. */
    ts: BigInt(Date.now()) * 1_000_000n,
    /** Called after each commit. */
    onCommit: new Set<() => unknown>(),
    /** Runs what a commit sets off outside of the function that commits. */
    outside: AsyncLocalStorage.snapshot(),
    /** A function that still runs has not committed. */
    close: () => (isOpen = false),

    /** How mutations of sync sessions ended: clients repeat those that they have no answer to. */
    mutated: {} as Record<string, Promise<Outcome>>,
    answers: {} as Record<string, Promise<Outcome>>,

    as: (identity: UserIdentity | null) => (identity ? test.withIdentity(identity) : test),

    /** Runs any function, internal ones too. */
    async run(name: string, args: unknown, identity: UserIdentity | null = null) {
      const { kind } = (await functions.find(name)) ?? {};
      if (!kind) throw new Error(`There is no function "${name}" to run.`);
      const run = deployment.as(identity)[kind] as (name: unknown, args: Value) => Promise<Value>;
      const values = jsonToConvex((args ?? {}) as JSONValue);
      return convexToJson((await run(makeFunctionReference(name), values)) ?? null);
    },

    /** Runs a query, once for all who ask the same until the next commit; so does Convex. */
    ask: (on: Call) => (deployment.answers[JSON.stringify(on)] ??= deployment.call("query", on)),

    /** Runs a function that clients may call. */
    async call(kind: Kind, { path, args, identity }: Call): Promise<Outcome> {
      // "users.js:get" and "users:get" are the same function.
      const name = path.replace(/\.js(?=:|$)/, "");
      try {
        const { kind: actual, isPublic } = (await functions.find(name)) ?? {};
        if (!isPublic) throw new Error(`Could not find public function for '${name}'.`);
        if (actual !== kind) throw new Error(`Cannot run ${name} as ${kind}: it is a ${actual}.`);
        return { value: await deployment.run(name, args, identity), logLines: [] };
      } catch (error) {
        const errorMessage = `Server Error\nUncaught ${String(error)}`;
        if (!(error instanceof ConvexError)) return { errorMessage, logLines: [] };
        return { errorMessage, errorData: convexToJson(error.data as Value), logLines: [] };
      }
    },
  };

  // A line for each commit: the path of its database, and the documents as they are now.
  const journal = join(dataFolder, "convex.jsonl");
  const lineOf = ({ _componentPath, _documents: documents }: IndexedDatabase, ids: string[]) => {
    const changed = ids.map((id) => [id, convexToJson((documents[id] ?? null) as Value)]);
    return `${JSON.stringify([_componentPath, changed])}\n`;
  };
  // What a kill left half written is no line.
  for (const line of readText(journal, "").split("\n").slice(0, -1)) {
    const [path, documents] = JSON.parse(line) as [string, [string, JSONValue][]];
    for (const [id, json] of documents) databases[path]?.restore(id, json);
  }
  const all = Object.values(databases);
  replaceFile(journal, all.map((each) => lineOf(each, Object.keys(each._documents))).join(""));
  for (const database of all) {
    database.onCommit = (ids, ts) => {
      if (isOpen) appendFileSync(journal, lineOf(database, ids));
      deployment.ts = ts;
      deployment.answers = {};
      for (const tell of deployment.onCommit) tell();
    };
    // Timers do not outlive the process: what was still to run is scheduled anew.
    await test.runInComponent(database._componentPath, async ({ db, scheduler }) => {
      for (const { _id, ...job } of await db.system.query("_scheduled_functions").collect()) {
        if (job.state.kind !== "pending" && job.state.kind !== "inProgress") continue;
        database._addWrite(_id, null);
        const reference = makeFunctionReference<"mutation">(job.name);
        await scheduler.runAt(job.scheduledTime, reference, job.args[0]);
      }
    });
  }
  return deployment;
}
