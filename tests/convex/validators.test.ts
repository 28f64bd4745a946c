// What Convex is told of each public function's arguments and answers, as a deployment is.
import { describe, expect, it } from "vitest";
import * as sync from "../../convex/sync";
import * as todos from "../../convex/todos";
import * as users from "../../convex/users";

type Exported = { isPublic?: true; exportArgs: () => string; exportReturns: () => string };
const functions = Object.entries({ sync, todos, users }).flatMap(([module, exports]) =>
  Object.entries(exports as object)
    .filter((each): each is [string, Exported] => (each[1] as Exported).isPublic === true)
    .map(([name, each]) => [`${module}.${name}`, each] as const),
);
const isAny = (json: string) => json.includes('"type":"any"') || json === "null";

describe("a public function", () => {
  it("is one of these", () => {
    expect(functions).toHaveLength(15);
  });

  it.each(functions)("%s says exactly what it answers", (_, { exportReturns }) => {
    expect(isAny(exportReturns())).toBe(false);
  });

  // Rows of a push and what a pull asks for are checked by hand, to be answered with a code.
  const byHand = ["sync.push", "sync.pull"];
  it.each(functions)("%s says exactly what it takes", (name, { exportArgs }) => {
    expect(isAny(exportArgs())).toBe(byHand.includes(name));
  });
});
