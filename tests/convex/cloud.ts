// A deployment in memory, with the functions of convex/ and two people who use it.
import { convexTest } from "convex-test";
import { afterEach, beforeEach, vi } from "vitest";
import { api } from "../../convex/_generated/api";
import schema from "../../convex/schema";
import migrationsSchema from "../../node_modules/@convex-dev/migrations/dist/component/schema.js";

const modules = import.meta.glob([
  "../../convex/**/*.{ts,js}",
  "!../../convex/**/*.d.ts",
  "!../../convex/tsconfig.json",
]);
const migrationsModules = import.meta.glob(
  "../../node_modules/@convex-dev/migrations/dist/component/**/*.js",
);

// Some push hundreds of rows, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

export const start = Date.UTC(2026, 10, 23, 12);

/** The clock of every test stands still at `start`, until the test moves it. */
export function useClock(): void {
  beforeEach(() => vi.useFakeTimers({ now: start }));
  afterEach(() => vi.useRealTimers());
}

type Limits = NonNullable<Parameters<typeof convexTest>[0]["transactionLimits"]>;

export function cloud(limits: Limits = true) {
  const t = convexTest({ schema, modules, transactionLimits: limits });
  t.registerComponent("migrations", migrationsSchema, migrationsModules);
  const person = (subject: string, claims: Record<string, string> = {}) =>
    t.withIdentity({ subject, name: subject, email: `${subject}@example.com`, ...claims });
  return { t, person, ada: person("ada"), bob: person("bob") };
}

export type Person = ReturnType<typeof cloud>["ada"];

/** A row as a device pushes it: everything was edited at `at`, unless told otherwise. */
export function row(n: number, fields: Record<string, unknown> = {}, at = start - 1000) {
  const { stamps = {}, ...rest } = fields;
  return {
    clientId: idOf(n),
    createdAt: at,
    title: `Todo ${n}`,
    description: null,
    completed: false,
    deletedAt: null,
    ...rest,
    stamps: { title: at, description: at, completed: at, deletedAt: at, ...(stamps as object) },
  };
}

export const idOf = (n: number) => `01890a5d-ac96-774b-bcce-${n.toString(16).padStart(12, "0")}`;

export const push = async (person: Person, rows: unknown[]) =>
  (await person.mutation(api.sync.push, { rows })).rows;

/** Everything that a device gets that pulls from `since` on. */
export async function pull(person: Person, since = 0, limit = 500) {
  const { epoch } = await person.mutation(api.sync.hello, {});
  const rows = [];
  for (let cursor = since; ;) {
    const page = await person.query(api.sync.pull, { epoch, since: cursor, limit });
    rows.push(...page.rows);
    cursor = page.cursor;
    if (!page.more) return { rows, cursor, epoch };
  }
}

/** Everything that is stored, to see that nothing changed. */
export const everything = (t: ReturnType<typeof cloud>["t"]) =>
  t.run(async (ctx) => ({
    users: await ctx.db.query("users").collect(),
    todos: await ctx.db.query("todos").collect(),
    heads: await ctx.db.query("syncHeads").collect(),
  }));

/** The code that a call is refused with; the call must be refused. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const answer = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in answer) throw new Error(`not refused: ${JSON.stringify(answer.value)}`);
  const { data } = answer.error as { data?: string | { code?: string } };
  const parsed = (typeof data === "string" ? JSON.parse(data) : data) as { code?: string };
  return parsed?.code ?? String(answer.error);
}
