// Nobody sees or changes what is another's, through any function; and nobody anything without a token.
import type { FunctionReference } from "convex/server";
import { describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { cloud, codeOf, everything, idOf, pull, push, row, start, useClock } from "./cloud";

useClock();

type Target = { id: Id<"todos">; cursor: string; epoch: number };

/** Every public function, with the arguments of somebody who knows all ids of the victim. */
const calls: Record<string, (target: Target) => Record<string, unknown>> = {
  "users:createUser": () => ({}),
  "users:getCurrentUser": () => ({}),
  "users:updateUser": () => ({ name: "Mallory" }),
  "todos:getTodos": () => ({}),
  "todos:getActiveTodos": () => ({}),
  "todos:getCompletedTodos": () => ({}),
  "todos:getTodosPaginated": ({ cursor }) => ({ limit: 10, cursor }),
  "todos:createTodo": () => ({ title: "Bob's own" }),
  "todos:updateTodo": ({ id }) => ({ id, title: "Overwritten" }),
  "todos:deleteTodo": ({ id }) => ({ id }),
  "sync:hello": () => ({}),
  "sync:push": () => ({ rows: [row(1, { title: "Overwritten" }, start)] }),
  "sync:pull": ({ epoch }) => ({ epoch, since: 0 }),
  "sync:tail": () => ({}),
  "sync:head": () => ({}),
};

const modules = import.meta.glob<Record<string, unknown>>([
  "../../convex/*.ts",
  "!../../convex/*.config.ts",
]);

async function publicFunctions() {
  const found = new Map<string, string>();
  for (const [path, load] of Object.entries(modules)) {
    const module = path.replace(/^.*\/|\.ts$/g, "");
    for (const [name, value] of Object.entries(await load())) {
      const it = value as {
        isPublic?: boolean;
        isQuery?: boolean;
        exportReturns?: () => string;
      } | null;
      if (it?.isPublic) found.set(`${module}:${name}`, it.isQuery ? "query" : "mutation");
    }
  }
  return found;
}

/** Ada's todos: one alive, one completed, one deleted. */
async function adas() {
  const { t, ada, bob } = cloud();
  const gone = { deletedAt: start, stamps: { deletedAt: start } };
  await push(ada, [row(1, { title: "Secret" }), row(2, { completed: true }), row(3, gone)]);
  await push(bob, [row(7)]);
  const { page, continueCursor } = await ada.query(api.todos.getTodosPaginated, { limit: 1 });
  const { epoch } = await ada.mutation(api.sync.hello, {});
  const id = page[0]?._id;
  if (!id) throw new Error("Ada has a todo");
  const call = async (person: typeof ada, name: string, kind: string) => {
    const [module = "", fn = ""] = name.split(":");
    const args = calls[name]?.({ id, cursor: continueCursor, epoch }) ?? {};
    const found = (api as unknown as Record<string, Record<string, unknown>>)[module]?.[fn];
    const answer: unknown =
      kind === "query"
        ? await person.query(found as FunctionReference<"query">, args)
        : await person.mutation(found as FunctionReference<"mutation">, args);
    return answer;
  };
  return { t, ada, bob, id, call };
}

const ownedBy = async (t: ReturnType<typeof cloud>["t"], clerkId: string) => {
  const { users, todos, heads } = await everything(t);
  const user = users.find((each) => each.clerkId === clerkId);
  const own = <T extends { userId: string }>(rows: T[]) =>
    rows.filter(({ userId }) => userId === user?._id);
  return { user, todos: own(todos), heads: own(heads) };
};

describe("every public function", async () => {
  const functions = [...(await publicFunctions())];

  it("is in the list of this test", () => {
    expect(functions.map(([name]) => name).sort()).toEqual(Object.keys(calls).sort());
  });

  it("says what it takes and what it answers", async () => {
    for (const load of Object.values(modules)) {
      for (const [name, value] of Object.entries(await load())) {
        const fn = value as
          | null
          | ({
              [key in "isPublic" | "isInternal" | "isQuery" | "isMutation"]?: boolean;
            } & { exportArgs: () => string; exportReturns: () => string });
        if (!fn || !(fn.isQuery || fn.isMutation) || name === "carryOver") continue;
        expect(JSON.parse(fn.exportArgs()), `${name}: arguments`).toMatchObject({ type: "object" });
        expect(JSON.parse(fn.exportReturns()), `${name}: result`).not.toBeNull();
      }
    }
  });

  it.each(functions)("%s is nothing to somebody without a token", async (name, kind) => {
    const { t, call } = await adas();
    const before = await everything(t);
    expect(await codeOf(call(t as never, name, kind))).toBe("unauthenticated");
    expect(await everything(t)).toEqual(before);
  });

  it.each(functions)("%s shows and changes nothing of another user", async (name, kind) => {
    const { t, bob, call } = await adas();
    const before = await ownedBy(t, "ada");
    const answer = await call(bob, name, kind).catch((error: unknown) => String(error));
    const said = JSON.stringify(answer ?? null);
    expect(said).not.toContain("Secret");
    expect(said).not.toContain(idOf(2));
    for (const own of [before.user?._id, before.todos[0]?._id]) expect(said).not.toContain(own);
    expect(await ownedBy(t, "ada")).toEqual(before);
  });
});

describe("another user's", () => {
  it("_id is as unknown as one that never was", async () => {
    const { bob, id } = await adas();
    for (const call of [
      bob.mutation(api.todos.updateTodo, { id, completed: true }),
      bob.mutation(api.todos.deleteTodo, { id }),
    ]) {
      expect(await codeOf(call)).toBe("notFound");
    }
  });

  it("clientId names a todo of one's own", async () => {
    const { ada, bob } = await adas();
    const before = await pull(ada);
    const gone = { title: "Bob's", deletedAt: start, stamps: { deletedAt: start + 1 } };
    expect(await push(bob, [row(1, gone, start)])).toMatchObject([{ title: "Bob's", rev: 2 }]);
    expect(await pull(ada)).toEqual(before);
    expect((await pull(bob)).rows.map(({ title }) => title)).toEqual(["Todo 7", "Bob's"]);
  });

  it("epoch is stale, and a cursor ahead of one's own rows is none", async () => {
    const { ada, bob } = await adas();
    const [{ epoch }, { epoch: own }] = [await pull(ada), await pull(bob)];
    const pulled = (args: { epoch: number; since: number }) =>
      codeOf(bob.query(api.sync.pull, args));
    expect(await pulled({ epoch, since: 0 })).toBe("staleEpoch");
    expect(await pulled({ epoch: own, since: 3 })).toBe("badCursor");
  });
});
