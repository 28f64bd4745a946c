// What a convex/ folder holds: its modules, schema, token issuers, crons and components.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AuthConfig, Crons, GenericSchema, SchemaDefinition } from "convex/server";

type Schema = SchemaDefinition<GenericSchema, boolean>;
/** Functions tell of themselves by flags. */
type Module = Record<string, { [flag: string]: boolean } | undefined>;

const KINDS = { isQuery: "query", isMutation: "mutation", isAction: "action" } as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];

export async function loadFunctions(folder: string) {
  const issuer = process.env["CLERK_JWT_ISSUER_DOMAIN"];
  const modules = await modulesOf(folder);
  const crons = (await modules["./crons.ts"]?.()) as { default: Crons } | undefined;
  return {
    modules,
    crons: crons?.default.crons ?? {},
    schema: await defaultOf<Schema>(join(folder, "schema.ts")),
    // Read anew where the variable that it reads is another one.
    auth: await defaultOf<AuthConfig>(join(folder, "auth.config.ts"), `?${issuer}`),
    components: await componentsOf(folder),
    /** A function by its name, "module:export". */
    async find(name: string) {
      const [module, exported = "default"] = name.split(":");
      const found = (await modules[`./${module}.ts`]?.())?.[exported];
      const kind = Object.entries(KINDS).find(([flag]) => found?.[flag])?.[1];
      return kind && { kind, isPublic: found?.["isPublic"] === true };
    },
  };
}

/** Every module but configuration, by its path in the folder. convex-test looks for `_generated`. */
async function modulesOf(folder: string) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const names = paths.filter((path) => /(?<!\.d|\.config|\.test|schema)\.[jt]s$/.test(path));
  // Each is loaded once: a loader may take a millisecond to find one that is loaded already.
  const load = async (path: string) => {
    const module = (await import(pathToFileURL(join(folder, path)).href)) as Module;
    return [`./${path}`, () => Promise.resolve(module)] as const;
  };
  return Object.fromEntries(await Promise.all(names.map(load)));
}

/** Those that convex.config.ts imports. It runs in a deployment alone, so it is read as text. */
async function componentsOf(folder: string) {
  const config = join(folder, "convex.config.ts");
  const text = existsSync(config) ? readFileSync(config, "utf8") : "";
  const imports = [...text.matchAll(/from "(.+\/convex\.config)(?:\.js)?"/g)];
  return Promise.all(
    imports.map(async ([, name = ""]) => {
      const definition = createRequire(config).resolve(name);
      const path = (await defaultOf<{ _name: string }>(definition))._name;
      const schema = await defaultOf<Schema>(join(dirname(definition), "schema.js"));
      return { path, schema, modules: await modulesOf(dirname(definition)) };
    }),
  );
}

async function defaultOf<T>(file: string, version = ""): Promise<T> {
  return ((await import(pathToFileURL(file).href + version)) as { default: T }).default;
}
