// The calls of the guide, as another client makes them.
import { describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api";
import { cloud, codeOf, idOf, pull, push, row, start, useClock } from "./cloud";

useClock();

describe("users", () => {
  it("are made from the token, once", async () => {
    const { person } = cloud();
    const eve = person("eve", { role: "admin", pictureUrl: "https://example.com/eve.png" });
    expect(await eve.query(api.users.getCurrentUser, {})).toBeNull();
    const id = await eve.mutation(api.users.createUser, {});
    expect(await eve.mutation(api.users.createUser, {})).toBe(id);
    expect(await eve.query(api.users.getCurrentUser, {})).toEqual({
      _id: id,
      _creationTime: expect.any(Number),
      clerkId: "eve",
      email: "eve@example.com",
      name: "eve",
      role: "admin",
      imageUrl: "https://example.com/eve.png",
      createdAt: start,
      updatedAt: start,
    });
  });

  it("keep a name that was edited here, until it changes in the token", async () => {
    const { ada, person } = cloud();
    await ada.mutation(api.users.createUser, {});
    await ada.mutation(api.users.updateUser, { name: " Ada L. " });
    await ada.mutation(api.sync.hello, {});
    expect((await ada.query(api.users.getCurrentUser, {}))?.name).toBe("Ada L.");
    const renamed = person("ada", { name: "Countess", email: "new@example.com" });
    await renamed.mutation(api.users.createUser, {});
    const user = await renamed.query(api.users.getCurrentUser, {});
    expect(user).toMatchObject({ name: "Countess", email: "new@example.com" });
  });

  it("refuse names out of bounds", async () => {
    const { ada } = cloud();
    const named = (name: string) => codeOf(ada.mutation(api.users.updateUser, { name }));
    expect(await named("  ")).toBe("nameEmpty");
    expect(await named("a".repeat(101))).toBe("nameTooLong");
    expect(await named("a\nb")).toBe("controlCharacter");
    expect(await ada.mutation(api.users.updateUser, {})).toBeNull();
  });
});

describe("todos", () => {
  it("are documents of the guide's shape", async () => {
    const { ada } = cloud();
    const args = { title: " Buy milk ", description: "Two litres" };
    const id = await ada.mutation(api.todos.createTodo, args);
    const [todo] = await ada.query(api.todos.getTodos, {});
    expect(todo).toEqual({
      _id: id,
      _creationTime: expect.any(Number),
      userId: (await ada.query(api.users.getCurrentUser, {}))?._id,
      title: "Buy milk",
      description: "Two litres",
      completed: false,
      createdAt: start,
      updatedAt: start,
    });
    await ada.mutation(api.todos.updateTodo, { id, description: "" });
    const [bare] = await ada.query(api.todos.getTodos, {});
    expect(bare && "description" in bare, "an absent description is no field").toBe(false);
  });

  it("are changed, completed, deleted", async () => {
    const { ada } = cloud();
    const [first, second] = [
      await ada.mutation(api.todos.createTodo, { title: "First" }),
      await ada.mutation(api.todos.createTodo, { title: "Second" }),
    ];
    await ada.mutation(api.todos.updateTodo, { id: first, completed: true });
    const titles = async (query: (typeof api.todos)["getTodos"]) =>
      (await ada.query(query, {})).map((todo) => todo.title);
    expect(await titles(api.todos.getTodos)).toEqual(["Second", "First"]);
    expect(await titles(api.todos.getActiveTodos)).toEqual(["Second"]);
    expect(await titles(api.todos.getCompletedTodos)).toEqual(["First"]);

    await ada.mutation(api.todos.deleteTodo, { id: first });
    await ada.mutation(api.todos.deleteTodo, { id: second });
    for (const query of [api.todos.getTodos, api.todos.getActiveTodos, api.todos.getCompletedTodos])
      expect(await titles(query)).toEqual([]);
    const page = await ada.query(api.todos.getTodosPaginated, { limit: 10 });
    expect(page).toMatchObject({ page: [], isDone: true });
    expect(await codeOf(ada.mutation(api.todos.deleteTodo, { id: first }))).toBe("notFound");
    const again = ada.mutation(api.todos.updateTodo, { id: first, title: "x" });
    expect(await codeOf(again), "a deleted todo is not to be seen").toBe("notFound");
  });

  it("come in pages, newest first", async () => {
    const { ada } = cloud();
    expect(await ada.query(api.todos.getTodosPaginated, { limit: 2 })).toMatchObject({ page: [] });
    for (const title of ["a", "b", "c"]) await ada.mutation(api.todos.createTodo, { title });
    const first = await ada.query(api.todos.getTodosPaginated, { limit: 2 });
    expect(first.page.map((todo) => todo.title)).toEqual(["c", "b"]);
    expect(first.isDone).toBe(false);
    const cursor = first.continueCursor;
    const second = await ada.query(api.todos.getTodosPaginated, { limit: 2, cursor });
    expect(second.page.map((todo) => todo.title)).toEqual(["a"]);
    expect(second.isDone).toBe(true);
    const refused = (args: { limit: number; cursor?: string }) =>
      codeOf(ada.query(api.todos.getTodosPaginated, args));
    for (const limit of [0, -1, 1.5, NaN, 1001]) expect(await refused({ limit })).toBe("badLimit");
    expect(await refused({ limit: 2, cursor: "nonsense" })).toBe("badCursor");
  });

  it("refuse texts out of bounds, and change nothing", async () => {
    const { ada } = cloud();
    const id = await ada.mutation(api.todos.createTodo, { title: "Kept" });
    const make = (title: string, description = "") =>
      codeOf(ada.mutation(api.todos.createTodo, { title, description }));
    expect(await make(" ")).toBe("titleEmpty");
    expect(await make("a".repeat(501))).toBe("titleTooLong");
    expect(await make("a", "a".repeat(10_001))).toBe("descriptionTooLong");
    expect(await make("a\u0007")).toBe("controlCharacter");
    const update = ada.mutation(api.todos.updateTodo, { id, completed: true, title: "" });
    expect(await codeOf(update)).toBe("titleEmpty");
    const [todo, ...others] = await ada.query(api.todos.getTodos, {});
    expect(todo).toMatchObject({ title: "Kept", completed: false });
    expect(others).toEqual([]);
  });
});

describe("todos and sync", () => {
  it("a todo made here reaches every device", async () => {
    const { ada } = cloud();
    const id = await ada.mutation(api.todos.createTodo, { title: "From the web" });
    const { rows, cursor } = await pull(ada);
    expect(rows).toMatchObject([
      { title: "From the web", description: null, deletedAt: null, rev: 1 },
    ]);
    expect(rows[0]?.clientId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);

    vi.setSystemTime(start + 10);
    await ada.mutation(api.todos.updateTodo, { id, title: "From the web", completed: true });
    const changed = await pull(ada, cursor);
    expect(changed.rows).toMatchObject([{ completed: true, rev: 2 }]);
    const { stamps } = changed.rows[0] ?? {};
    expect(stamps, "a field that holds the value already was not edited").toEqual({
      title: start,
      description: start,
      completed: start + 10,
      deletedAt: start,
    });
    await ada.mutation(api.todos.deleteTodo, { id });
    expect((await pull(ada, changed.cursor)).rows).toMatchObject([
      { deletedAt: start + 10, rev: 3 },
    ]);
  });

  it("a todo of a device shows up here, and is changed here", async () => {
    const { ada } = cloud();
    await push(ada, [row(1, { description: "d" })]);
    const [todo] = await ada.query(api.todos.getTodos, {});
    expect(todo).toMatchObject({ title: "Todo 1", description: "d", updatedAt: start - 1000 });
    if (!todo) return;
    await ada.mutation(api.todos.updateTodo, { id: todo._id, title: "Renamed" });
    expect((await pull(ada)).rows).toMatchObject([
      { clientId: idOf(1), title: "Renamed", description: "d", rev: 2 },
    ]);
    const gone = { deletedAt: start + 1, stamps: { deletedAt: start + 1 } };
    await push(ada, [row(1, gone)]);
    expect(await ada.query(api.todos.getTodos, {})).toEqual([]);
    const back = { completed: true, stamps: { completed: start + 2 } };
    await push(ada, [row(1, back)]);
    expect(await ada.query(api.todos.getCompletedTodos, {})).toMatchObject([{ title: "Renamed" }]);
  });

  it("an edit here wins over the version it was made on, however slow the server's clock", async () => {
    const { ada } = cloud();
    await push(ada, [row(1, {}, start + 4000)]);
    const [todo] = await ada.query(api.todos.getTodos, {});
    if (todo) await ada.mutation(api.todos.updateTodo, { id: todo._id, title: "Later" });
    expect((await pull(ada)).rows[0]).toMatchObject({
      title: "Later",
      stamps: { title: start + 4001 },
    });
  });
});
