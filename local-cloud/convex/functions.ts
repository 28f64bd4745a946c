// What a convex/ folder holds: its modules, schema, token issuers, crons and components.
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { AuthConfig, GenericSchema, SchemaDefinition } from "convex/server";
import type { CronTable } from "./crons.ts";

export type Kind = "query" | "mutation" | "action";
type Modules = Record<string, () => Promise<unknown>>;
type Schema = SchemaDefinition<GenericSchema, boolean>;

export type Functions = {
  modules: Modules;
  schema: Schema;
  auth: AuthConfig;
  crons: CronTable;
  /** By name, as "module:export". */
  kinds: Map<string, { kind: Kind; isPublic: boolean }>;
  components: { path: string; schema: Schema; modules: Modules }[];
};

export async function loadFunctions(folder: string): Promise<Functions> {
  const modules = modulesOf(folder);
  const kinds: Functions["kinds"] = new Map();
  for (const [path, load] of Object.entries(modules)) {
    if (path.includes("_generated")) continue;
    const module = path.replace(/^\.\//, "").replace(/\.[^.]+$/, "");
    for (const [name, each] of Object.entries((await load()) as object)) {
      const kind = kindOf(each);
      if (kind) kinds.set(`${module}:${name}`, { kind, isPublic: Boolean(each.isPublic) });
    }
  }
  const crons = existsSync(join(folder, "crons.ts"))
    ? await defaultOf<{ crons: CronTable }>(join(folder, "crons.ts"))
    : { crons: {} };
  return {
    modules,
    kinds,
    crons: crons.crons,
    schema: await defaultOf<Schema>(join(folder, "schema.ts")),
    auth: await defaultOf<AuthConfig>(join(folder, "auth.config.ts"), `?${++loads}`),
    components: await componentsOf(folder),
  };
}

function kindOf(each: { isQuery?: true; isMutation?: true; isAction?: true } | null): Kind | null {
  if (each?.isQuery) return "query";
  if (each?.isMutation) return "mutation";
  return each?.isAction ? "action" : null;
}

/** Every module but configuration, by its path in the folder. convex-test looks for `_generated` there. */
function modulesOf(folder: string): Modules {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /(?<!\.d|\.config|\.test|schema)\.[jt]s$/.test(file.name))
    .map((file) => join(file.parentPath, file.name));
  return Object.fromEntries(
    files.map((file) => [`./${relative(folder, file)}`, () => import(pathToFileURL(file).href)]),
  );
}

/** Components that convex.config.ts uses from @convex-dev, found by their name. */
async function componentsOf(folder: string): Promise<Functions["components"]> {
  if (!existsSync(join(folder, "convex.config.ts"))) return [];
  const app = await defaultOf<{ _childComponents: [string, unknown, unknown][] }>(
    join(folder, "convex.config.ts"),
  );
  const { resolve } = createRequire(join(folder, "convex.config.ts"));
  return Promise.all(
    app._childComponents.map(async ([name]) => {
      const config = resolve(`@convex-dev/${name}/convex.config.js`);
      const schema = await defaultOf<Schema>(join(dirname(config), "schema.js"));
      return { path: name, schema, modules: modulesOf(dirname(config)) };
    }),
  );
}

/** auth.config.ts is read anew each time, because the environment that it reads may have changed. */
let loads = 0;

async function defaultOf<T>(file: string, version = ""): Promise<T> {
  return ((await import(pathToFileURL(file).href + version)) as { default: T }).default;
}
