// The app as a whole: what the shell tells of itself, the open dialog, the start.
import type { AppInfo } from "../bindings/AppInfo";
import type { CommandError } from "../bindings/CommandError";
import type { Language } from "../bindings/Language";
import type { LogLevel } from "../bindings/LogLevel";
import * as ipc from "../ipc";
import { speak } from "../words.svelte";
import { list } from "./list.svelte";

export type Dialog =
  | "palette"
  | "keyboard"
  | "settings"
  | "close"
  | "account"
  | "signOut"
  | "doctor"
  | "sync"
  | "past"
  | "import";

class App {
  info = $state.raw<AppInfo | null>(null);
  dialog = $state<Dialog | null>(null);
  /** Raised by an edit that met a full disk, lowered by the next one that is kept. */
  diskFull = $state(false);
  retrying = $state(false);
  startError = $state.raw<CommandError | null>(null);

  readonly platform = $derived(this.info?.platform ?? guessedPlatform());
  readonly readOnly = $derived(this.info?.store.state === "readOnly");
  readonly damaged = $derived(this.info?.store.state === "damaged");
  readonly failed = $derived(
    this.startError?.message ??
      (this.info?.store.state === "failed" ? this.info.store.message : null),
  );

  async start(): Promise<void> {
    const listening = Promise.all([
      ipc.onTodosChanged(() => list.invalidate()),
      ipc.onAppInfoChanged((info) => this.#know(info)),
    ]);
    // Listening comes first, so that no change falls between the first list and the first event.
    await this.#learn(listening.then(ipc.appInfo));
    list.invalidate();
  }

  async retryOpen(): Promise<void> {
    this.retrying = true;
    await this.#learn(ipc.retryOpen());
    this.retrying = false;
    list.invalidate();
  }

  /** Remembers what an edit's refusal says about the disk, and hands the error on. */
  met(refused: unknown): CommandError {
    const error = ipc.asCommandError(refused);
    if (error.code === "diskFull") this.diskFull = true;
    // The shell knows it too, by now.
    if (error.code === "damaged") void this.#learn(ipc.appInfo());
    return error;
  }

  kept(): void {
    this.diskFull = false;
  }

  // Each of these resolves to what went wrong, in words, or to null.

  setHotkey(hotkey: string | null): Promise<string | null> {
    return this.#set(ipc.setHotkey(hotkey));
  }

  setLanguage(language: Language | null): Promise<string | null> {
    return this.#set(ipc.setLanguage(language));
  }

  setLogLevel(level: LogLevel): Promise<string | null> {
    return this.#set(ipc.setLogLevel(level));
  }

  setAutostart(enabled: boolean): Promise<string | null> {
    return this.#set(ipc.setAutostart(enabled));
  }

  setQuickAddReady(ready: boolean): Promise<string | null> {
    return this.#set(ipc.setQuickAddReady(ready));
  }

  quit(remember: boolean): Promise<string | null> {
    return this.#set(ipc.closeMain(remember));
  }

  async #set(asked: Promise<AppInfo | null>): Promise<string | null> {
    try {
      const info = await asked;
      if (info) this.#know(info);
      return null;
    } catch (refused) {
      return ipc.asCommandError(refused).message;
    }
  }

  async #learn(asked: Promise<AppInfo>): Promise<void> {
    try {
      this.#know(await asked);
      this.startError = null;
    } catch (refused) {
      this.startError = ipc.asCommandError(refused);
    }
  }

  #know(info: AppInfo): void {
    const opened = this.info !== null && this.info.store.state !== info.store.state;
    this.info = info;
    speak(info.locale);
    if (opened) list.invalidate();
  }
}

/** Until the shell has answered, the keyboard already works as this platform's does. */
function guessedPlatform(): AppInfo["platform"] {
  return navigator.userAgent.includes("Mac") ? "macos" : "linux";
}

export const app = new App();

/** Tells the shell, once, that the first list is on the screen. */
export function reportFirstPaint(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => void ipc.firstRowShown().catch(() => undefined)),
  );
}
