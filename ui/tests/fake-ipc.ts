// The shell as the tests have it: the contract's functions over todos in memory. Use it with
//   vi.mock("../src/ipc", () => import("./fake-ipc"));
// It counts what is asked, and refuses what a test tells it to refuse.
import type { AppInfo } from "../src/bindings/AppInfo";
import type { AppNotice } from "../src/bindings/AppNotice";
import type { Applied } from "../src/bindings/Applied";
import type { CommandError } from "../src/bindings/CommandError";
import type { Filter } from "../src/bindings/Filter";
import type { ListWindow } from "../src/bindings/ListWindow";
import type { SearchResults } from "../src/bindings/SearchResults";
import type { Sort } from "../src/bindings/Sort";
import type { TodoPlace } from "../src/bindings/TodoPlace";
import type { TodoRow } from "../src/bindings/TodoRow";
import type { HistoryEntry } from "../src/bindings/HistoryEntry";
import type { Undone } from "../src/bindings/Undone";
import { cloud } from "./fake-account";
import { kept } from "./fake-keep";
import { synced } from "./fake-sync";

export * from "./fake-account";
export * from "./fake-keep";
export * from "./fake-sync";

export const fake = {
  todos: [] as TodoRow[],
  /** Refusals by function name, in force until they are deleted. */
  refuse: {} as Record<string, CommandError>,
  calls: [] as { name: string; args: unknown[] }[],
  /** What the shell has to say. */
  notices: [] as AppNotice[],
  /** The earlier values by todo. */
  pasts: {} as Record<string, HistoryEntry[]>,
  listeners: {} as Record<string, (payload: unknown) => void>,
  info: {} as AppInfo,
  /** What was left in the field that adds. */
  draft: "",
  /** Whether the shell has the page ask before Clove goes. */
  asks: false,
  /** While set, answers wait for it. */
  gate: null as Promise<void> | null,

  reset(count: number): void {
    fake.todos = Array.from({ length: count }, (_, i) => todo(i));
    fake.refuse = {};
    fake.calls = [];
    fake.notices = [];
    fake.pasts = {};
    fake.gate = null;
    fake.draft = "";
    fake.asks = false;
    fake.info = info();
    cloud.reset();
    synced.reset();
    kept.reset();
  },
  named: (name: string) => fake.calls.filter((call) => call.name === name),
  emit: (event: string, payload?: unknown) => fake.listeners[event]?.(payload),
};

/** Every third todo is completed; the first is the newest. */
export const todo = (i: number, more: Partial<TodoRow> = {}): TodoRow => ({
  id: `todo-${i}`,
  title: `Todo number ${i}`,
  description: null,
  completed: i % 3 === 2,
  deletedAt: null,
  createdAt: 1_700_000_000_000 - i,
  updatedAt: 1_700_000_000_000 - i,
  ...more,
});

const info = (): AppInfo => ({
  version: "0.1.0",
  platform: "linux",
  locale: "en",
  dataFolder: "/home/ada/.local/share/dev.clove.todo",
  store: { state: "ready" },
  hotkey: { state: "registered" },
  settings: {
    hotkey: "CommandOrControl+Shift+Space",
    language: null,
    quickAddReady: false,
    logLevel: "info",
    autostart: false,
    closeWithoutTray: "ask",
    connection: null,
  },
  trayAvailable: true,
});

export async function answer<T>(name: string, args: unknown[], give: () => T): Promise<T> {
  fake.calls.push({ name, args });
  await fake.gate;
  const refusal = fake.refuse[name];
  if (refusal) throw refusal;
  return give();
}

function held(filter: Filter): TodoRow[] {
  const live = fake.todos.filter(({ deletedAt }) => deletedAt === null);
  const active = live.filter(({ completed }) => !completed);
  const completed = live.filter((row) => row.completed);
  if (filter === "deleted") return fake.todos.filter(({ deletedAt }) => deletedAt !== null);
  return { all: [...active, ...completed], active, completed }[filter];
}

let actions = 0;
function edit(ids: string[], change: Partial<TodoRow>): Applied {
  const todos: TodoRow[] = [];
  fake.todos = fake.todos.map((row) => {
    if (!ids.includes(row.id)) return row;
    todos.push({ ...row, ...change });
    return { ...row, ...change };
  });
  actions += 1;
  return { action: actions, todos };
}

export const appInfo = () => answer("appInfo", [], () => fake.info);
export const retryOpen = () => answer("retryOpen", [], () => fake.info);
export const firstRowShown = () => answer("firstRowShown", [], () => null);
export const setHotkey = (hotkey: string | null) =>
  answer("setHotkey", [hotkey], () => {
    fake.info = { ...fake.info, settings: { ...fake.info.settings, hotkey } };
    return fake.info;
  });
export const setLanguage = (language: "en" | "de" | null) =>
  answer("setLanguage", [language], () => {
    const settings = { ...fake.info.settings, language };
    fake.info = { ...fake.info, settings, locale: language ?? "en" };
    return fake.info;
  });
export const setLogLevel = (level: string) => answer("setLogLevel", [level], () => fake.info);
export const setAutostart = (on: boolean) => answer("setAutostart", [on], () => fake.info);
export const setQuickAddReady = (ready: boolean) =>
  answer("setQuickAddReady", [ready], () => {
    fake.info = { ...fake.info, settings: { ...fake.info.settings, quickAddReady: ready } };
    return fake.info;
  });
export const closeMain = (remember: boolean) => answer("closeMain", [remember], () => null);
export const mainSaved = (saved: boolean) => answer("mainSaved", [saved], () => fake.asks);

export const listTodos = (filter: Filter, sort: Sort, offset: number, limit: number) =>
  answer("listTodos", [filter, sort, offset, limit], (): ListWindow => {
    const all = sort === "newest" ? held(filter) : held(filter).reverse();
    const counts = {
      active: held("active").length,
      completed: held("completed").length,
      deleted: held("deleted").length,
    };
    return { rows: all.slice(offset, offset + limit), offset, total: all.length, counts };
  });
export const todoIds = (filter: Filter, sort: Sort, limit: number) =>
  answer("todoIds", [filter, sort, limit], () =>
    (sort === "newest" ? held(filter) : held(filter).reverse()).slice(0, limit).map(({ id }) => id),
  );
export const searchTodos = (query: string, filter: Filter, offset: number, limit: number) =>
  answer("searchTodos", [query, filter, offset, limit], (): SearchResults => {
    const hits = held(filter).filter(({ title }) => title.includes(query));
    const rows = hits.slice(0, 500).slice(offset, offset + limit);
    return { rows, offset, total: Math.min(hits.length, 500), more: hits.length > 500 };
  });
export const locateTodo = (id: string, filter: Filter, sort: Sort) =>
  answer("locateTodo", [id, filter, sort], (): TodoPlace => {
    for (const shown of [filter, "all", "deleted"] as const) {
      const rows = sort === "newest" ? held(shown) : held(shown).reverse();
      const position = rows.findIndex((row) => row.id === id);
      if (position >= 0) return { filter: shown, position };
    }
    throw { code: "notFound", message: "This todo is gone." } satisfies CommandError;
  });
export const history = (id: string) => answer("history", [id], () => fake.pasts[id] ?? []);

export const addTodo = (title: string, description: string | null = null) =>
  answer("addTodo", [title, description], (): Applied => {
    const row = todo(0, { id: `new-${actions}`, title, description, completed: false });
    fake.todos = [row, ...fake.todos];
    return edit([row.id], {});
  });
export const addTodos = (titles: string[]) =>
  answer("addTodos", [titles], (): Applied => {
    const made = titles.map((title, i) =>
      todo(0, { id: `new-${actions}-${i}`, title, completed: false }),
    );
    fake.todos = [...made, ...fake.todos];
    const { action } = edit([], {});
    return { action, todos: made };
  });
export const addDraft = () => answer("addDraft", [], () => fake.draft);
export const keepAddDraft = (draft: string) => answer("keepAddDraft", [draft], () => null);
export const renameTodo = (id: string, title: string) =>
  answer("renameTodo", [id, title], () => edit([id], { title }));
export const describeTodo = (id: string, description: string | null) =>
  answer("describeTodo", [id, description], () => edit([id], { description }));
export const setCompleted = (ids: string[], completed: boolean) =>
  answer("setCompleted", [ids, completed], () => edit(ids, { completed }));
export const deleteTodos = (ids: string[]) =>
  answer("deleteTodos", [ids], () => edit(ids, { deletedAt: 1 }));
export const restoreTodos = (ids: string[]) =>
  answer("restoreTodos", [ids], () => edit(ids, { deletedAt: null }));
export const restoreHistory = (seq: number) => answer("restoreHistory", [seq], () => edit([], {}));
export const undo = (action: number | null) =>
  answer("undo", [action], (): Undone | null => ({
    action: action ?? actions,
    kind: "delete",
    count: 1,
    titles: ["Todo number 0"],
    skipped: 0,
  }));
export const redo = () => answer("redo", [], (): Undone | null => null);

export const takeNotices = () => answer("takeNotices", [], () => fake.notices.splice(0));
export const quickAddDraft = () => answer("quickAddDraft", [], () => fake.draft);
export const quickAddOpened = (hasFocus: boolean) =>
  answer("quickAddOpened", [hasFocus], () => null);
export const quickAddKeep = (draft: string) => answer("quickAddKeep", [draft], () => null);
export const quickAddFit = (height: number) => answer("quickAddFit", [height], () => null);
export const quickAddHide = (draft: string) => answer("quickAddHide", [draft], () => null);

const on = (event: string) => (heard: (payload: never) => void) => {
  fake.listeners[event] = heard as (payload: unknown) => void;
  return Promise.resolve(() => undefined);
};
export const onTodosChanged = on("todos-changed");
export const onAppInfoChanged = on("app-info-changed");
export const onAccountChanged = on("account-changed");
export const onCommand = on("command");
export const onSyncChanged = on("sync-changed");
export const onNotice = on("notice");
export const onCloseRequested = on("close-requested");
export const onQuickAddShown = on("quick-add-shown");

export const asCommandError = (thrown: unknown) => thrown as CommandError;
