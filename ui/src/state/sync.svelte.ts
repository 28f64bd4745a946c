// How sync stands, as the shell last said it, and what the person can do about it.
import type { SyncStatus } from "../bindings/SyncStatus";
import type { TodoRow } from "../bindings/TodoRow";
import * as ipc from "../ipc";
import { text } from "../text";
import type { Stand } from "../text/sync";
import { account } from "./account.svelte";
import { app } from "./app.svelte";
import { toasts } from "./toasts.svelte";

/** What lasts no longer than this, in milliseconds, is not said aloud. */
const LASTS = 2_000;

class Sync {
  /** `null` while no account's todos are synced. */
  status = $state.raw<SyncStatus | null>(null);
  /** The todos that the account did not take, as far as they are shown. */
  aside = $state.raw<TodoRow[]>([]);
  /** Why nothing came of the last press. */
  refused = $state<string | null>(null);
  /** One question at a time: what changes meanwhile is asked for once, when it is answered. */
  #asking = false;
  #stale = false;
  #heard: Stand | null = null;
  #said: Stand = "synced";
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly stand = $derived(this.status && standOf(this.status));
  readonly setAside = $derived(this.status?.setAside ?? 0);
  /** How many todos wait to be sent: what was set aside waits for a person. */
  readonly waiting = $derived(this.status ? this.status.unsynced - this.status.setAside : 0);
  /** Whether it is not known yet which todos there are. */
  readonly arriving = $derived(
    this.status !== null &&
      (this.status.firstSync !== null ||
        (this.status.syncedAt === null && this.stand === "syncing")),
  );

  async start(): Promise<void> {
    await ipc.onSyncChanged(() => void this.#learn());
    await this.#learn();
  }

  async now(): Promise<void> {
    await this.#press(ipc.syncNow);
  }

  /** Without ids, all of them. */
  async tryAgain(ids: string[] | null = null): Promise<void> {
    await this.#press(() => ipc.tryAgain(ids));
    await this.learnAside();
  }

  /** Begins the sign-in that sync needs; its dialog goes on from here. */
  signIn(): void {
    app.dialog = "account";
    void account.signIn("signIn");
  }

  async learnAside(): Promise<void> {
    this.aside = await ipc.setAside().catch(() => this.aside);
  }

  /** How one todo stands; `null` where that cannot be read. */
  standing(id: string) {
    return ipc.standing(id).catch(() => null);
  }

  async #press(command: () => Promise<null>): Promise<void> {
    this.refused = null;
    try {
      await command();
    } catch (refused) {
      this.refused = ipc.asCommandError(refused).message;
    }
  }

  async #learn(): Promise<void> {
    if (this.#asking) {
      this.#stale = true;
      return;
    }
    this.#asking = true;
    do {
      this.#stale = false;
      const status = await ipc.syncStatus().catch(() => this.status);
      this.status = status;
      this.#listen();
    } while (this.#stale);
    this.#asking = false;
  }

  /** Says what has become of sync, once it has lasted. The open panel says so itself. */
  #listen(): void {
    const { stand } = this;
    if (stand === this.#heard) return;
    this.#heard = stand;
    clearTimeout(this.#timer);
    if (stand === null) this.#said = "synced";
    if (stand === null || stand === "syncing" || stand === this.#said) return;
    this.#timer = setTimeout(() => {
      this.#said = stand;
      if (app.dialog !== "sync") toasts.say(text.sync.said[stand]);
    }, LASTS);
  }
}

function standOf({ phase, problem, setAside }: SyncStatus): Stand {
  if (phase === "signInNeeded") return phase;
  if (phase === "offline" || phase === "waiting" || problem !== null) return "offline";
  if (setAside > 0) return "setAside";
  return phase === "idle" ? "synced" : "syncing";
}

export const sync = new Sync();
