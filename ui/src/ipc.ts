// The one place that talks to the shell. Everything above it sees typed functions and CommandError.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { AccountView } from "./bindings/AccountView";
import type { AppInfo } from "./bindings/AppInfo";
import type { AppNotice } from "./bindings/AppNotice";
import type { Applied } from "./bindings/Applied";
import type { BackupView } from "./bindings/BackupView";
import type { CommandError } from "./bindings/CommandError";
import type { Conflict } from "./bindings/Conflict";
import type { ConnectionCheck } from "./bindings/ConnectionCheck";
import type { ErrorCode } from "./bindings/ErrorCode";
import type { Filter } from "./bindings/Filter";
import type { Finding } from "./bindings/Finding";
import type { HistoryEntry } from "./bindings/HistoryEntry";
import type { Imported } from "./bindings/Imported";
import type { ListWindow } from "./bindings/ListWindow";
import type { Language } from "./bindings/Language";
import type { LogLevel } from "./bindings/LogLevel";
import type { Restored } from "./bindings/Restored";
import type { SafetyView } from "./bindings/SafetyView";
import type { SearchResults } from "./bindings/SearchResults";
import type { SignedOut } from "./bindings/SignedOut";
import type { SignInMode } from "./bindings/SignInMode";
import type { SignOutChoice } from "./bindings/SignOutChoice";
import type { Sort } from "./bindings/Sort";
import type { SyncStatus } from "./bindings/SyncStatus";
import type { TodoPlace } from "./bindings/TodoPlace";
import type { TodoRow } from "./bindings/TodoRow";
import type { TodoStanding } from "./bindings/TodoStanding";
import type { Undone } from "./bindings/Undone";
import { text } from "./text";

// The app as a whole.
export const appInfo = () => call<AppInfo>("app_info");
export const retryOpen = () => call<AppInfo>("retry_open");
export const firstRowShown = () => call<null>("first_row_shown");
/** What Clove has to say since this was last asked. */
export const takeNotices = () => call<AppNotice[]>("take_notices");
export const setHotkey = (hotkey: string | null) => call<AppInfo>("set_hotkey", { hotkey });
/** `null` speaks the system's language. */
export const setLanguage = (language: Language | null) =>
  call<AppInfo>("set_language", { language });
export const setLogLevel = (level: LogLevel) => call<AppInfo>("set_log_level", { level });
export const setAutostart = (enabled: boolean) => call<AppInfo>("set_autostart", { enabled });
export const setQuickAddReady = (ready: boolean) => call<AppInfo>("set_quick_add_ready", { ready });
export const closeMain = (remember: boolean) => call<null>("close_main", { remember });
/** Whether the person is to be asked before Clove goes. */
export const mainSaved = (saved: boolean) => call<boolean>("main_saved", { saved });

// Reading.
export const listTodos = (filter: Filter, sort: Sort, offset: number, limit: number) =>
  call<ListWindow>("list_todos", { filter, sort, offset, limit });
/** The ids of a list's first todos, of which `limit` is the most. */
export const todoIds = (filter: Filter, sort: Sort, limit: number) =>
  call<string[]>("todo_ids", { filter, sort, limit });
export const searchTodos = (query: string, filter: Filter, offset: number, limit: number) =>
  call<SearchResults>("search_todos", { query, filter, offset, limit });
/** Where a todo is shown: in this list if it is in it, otherwise in the one that has it. */
export const locateTodo = (id: string, filter: Filter, sort: Sort) =>
  call<TodoPlace>("locate_todo", { id, filter, sort });
export const history = (id: string) => call<HistoryEntry[]>("history", { id });

// Editing. Each resolves once the edit is on the disk.
export const addTodo = (title: string, description: string | null = null) =>
  call<Applied>("add_todo", { title, description });
/** A todo for each title, in one edit. */
export const addTodos = (titles: string[]) => call<Applied>("add_todos", { titles });
/** What is typed in the field above the list, and not added yet. */
export const addDraft = () => call<string>("add_draft");
export const keepAddDraft = (draft: string) => call<null>("keep_add_draft", { draft });
export const renameTodo = (id: string, title: string) =>
  call<Applied>("rename_todo", { id, title });
export const describeTodo = (id: string, description: string | null) =>
  call<Applied>("describe_todo", { id, description });
export const setCompleted = (ids: string[], completed: boolean) =>
  call<Applied>("set_completed", { ids, completed });
export const deleteTodos = (ids: string[]) => call<Applied>("delete_todos", { ids });
export const restoreTodos = (ids: string[]) => call<Applied>("restore_todos", { ids });
export const restoreHistory = (seq: number) => call<Applied>("restore_history", { seq });
/** `null` undoes the newest edit; a number undoes exactly that action. */
export const undo = (action: number | null) => call<Undone | null>("undo", { action });
export const redo = () => call<Undone | null>("redo");

// Sync. `null`: no account's todos are synced.
export const syncStatus = () => call<SyncStatus | null>("sync_status");
export const syncNow = () => call<null>("sync_now");
export const standing = (id: string) => call<TodoStanding>("standing", { id });
/** The first hundred of the todos that wait to be sent. */
export const waitingTodos = () => call<TodoRow[]>("waiting_todos");
/** The newest edits of this device that gave way to later ones. */
export const conflicts = (limit: number) => call<Conflict[]>("conflicts", { limit });
/** The first hundred of the todos that the account did not take. */
export const setAside = () => call<TodoRow[]>("set_aside");
/** `null` tries all of them again. */
export const tryAgain = (ids: string[] | null) => call<null>("try_again", { ids });

// Backups and files.
export const safety = () => call<SafetyView>("safety");
export const backups = () => call<BackupView[]>("backups");
/** What `restoreBackup` would do. */
export const previewBackup = (name: string) => call<Restored>("preview_backup", { name });
export const restoreBackup = (name: string) => call<Restored>("restore_backup", { name });
/** Has the person choose a file; `null` where they thought better of it. Nothing is written yet. */
export const importTodos = () => call<Imported | null>("import_todos");
/** Takes in what was read of the file, or forgets it. */
export const confirmImport = (wanted: boolean) =>
  call<Imported | null>("confirm_import", { wanted });
/** Has the person choose a file, and answers where it is. */
export const exportTodos = () => call<string | null>("export_todos");

// The account.
export const account = () => call<AccountView>("account");
/** Opens the browser; resolves once it is asked to, long before the person is back. */
export const signIn = (mode: SignInMode) => call<AccountView>("sign_in", { mode });
/** Opens the browser again, for the sign-in that is under way. */
export const signInAgain = () => call<null>("sign_in_again");
export const signInLink = () => call<string>("sign_in_link");
export const cancelSignIn = () => call<AccountView>("cancel_sign_in");
export const retryKeyring = () => call<AccountView>("retry_keyring");
export const renameProfile = (name: string) => call<AccountView>("rename_profile", { name });
/** As a data: URL; `null` where there is none, or it cannot be fetched. */
export const profilePicture = () => call<string | null>("profile_picture");
export const manageAccount = () => call<null>("manage_account");
export const moveTodos = (wanted: boolean) => call<AccountView>("move_todos", { wanted });
/** How many todos hold edits that the account has not got yet. */
export const unsyncedCount = () => call<number>("unsynced_count");
export const signOut = (choice: SignOutChoice) => call<SignedOut>("sign_out", { choice });

// What it is reached by.
export const checkConnection = (publishableKey: string, convexUrl: string) =>
  call<ConnectionCheck>("check_connection", { publishableKey, convexUrl });
/** Two empty texts mean the built-in connection. */
export const setConnection = (publishableKey: string, convexUrl: string) =>
  call<AccountView>("set_connection", { publishableKey, convexUrl });
export const doctor = () => call<Finding[]>("doctor");
export const diagnostics = () => call<string>("diagnostics");

// The quick-add window.
export const quickAddDraft = () => call<string>("quick_add_draft");
/** The field is there: keys that were pressed before it was come to it now. */
export const quickAddOpened = (hasFocus: boolean) => call<null>("quick_add_opened", { hasFocus });
export const quickAddKeep = (draft: string) => call<null>("quick_add_keep", { draft });
export const quickAddFit = (height: number) => call<null>("quick_add_fit", { height });
export const quickAddHide = (draft: string) => call<null>("quick_add_hide", { draft });

// Events. Each returns a function that stops listening.
export const onTodosChanged = (heard: () => void) => on("todos-changed", heard);
export const onAppInfoChanged = (heard: (info: AppInfo) => void) => on("app-info-changed", heard);
/** The menu bar or the tray wants a command of the keyboard map to be run: its name. */
export const onCommand = (heard: (command: string) => void) => on("command", heard);
/** Says only that something changed: `account` says what is. */
export const onAccountChanged = (heard: () => void) => on("account-changed", heard);
/** Says only that something changed: `syncStatus` says what is. */
export const onSyncChanged = (heard: () => void) => on("sync-changed", heard);
/** Says only that something changed: `safety` says what is. */
export const onSafetyChanged = (heard: () => void) => on("safety-changed", heard);
export const onNotice = (heard: () => void) => on("notice", heard);
export const onCloseRequested = (heard: () => void) => on("close-requested", heard);
export const onQuickAddShown = (heard: () => void) => on("quick-add-shown", heard);

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  if (!Object.values(args).flat().every(isWholeText)) {
    throw { code: "invalid", message: text.brokenCharacter } satisfies CommandError;
  }
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw asCommandError(thrown);
  }
}

function on<T>(event: string, heard: (payload: T) => void): Promise<() => void> {
  return listen<T>(event, ({ payload }) => heard(payload));
}

/** What the core refuses is a CommandError already; anything else is put into plain words. */
export function asCommandError(thrown: unknown): CommandError {
  if (isCommandError(thrown)) return { code: thrown.code, message: thrown.message };
  return { code: "internal", message: text.unexpected(plainWords(thrown)) };
}

const CODES: Record<ErrorCode, true> = {
  invalid: true,
  notFound: true,
  readOnly: true,
  diskFull: true,
  damaged: true,
  unavailable: true,
  superseded: true,
  internal: true,
};

function isCommandError(thrown: unknown): thrown is CommandError {
  if (typeof thrown !== "object" || thrown === null) return false;
  const { code, message } = thrown as Record<string, unknown>;
  return typeof code === "string" && Object.hasOwn(CODES, code) && typeof message === "string";
}

function plainWords(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  return thrown instanceof Error ? thrown.message : "";
}

/** JSON carries half a surrogate pair, but Rust's strings do not: say so here, in plain words. */
function isWholeText(value: unknown): boolean {
  if (typeof value !== "string") return true;
  if (typeof value.isWellFormed === "function") return value.isWellFormed();
  return !/\p{Surrogate}/u.test(value);
}
