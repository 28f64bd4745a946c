// What Clove says without being asked: a toast at a time, a quiet notice, words for screen readers.
import type { CommandError } from "../bindings/CommandError";

/** What can be done about it from the toast. The id is a hook for tests. */
export type Offer = { id: string; label: string; take: () => unknown };
export type Toast = { kind: "done" | "error" | "notice"; message: string; offer: Offer | null };

/** In milliseconds. What happened elsewhere may come at any time, so it stays until it is dismissed. */
const LASTING = { done: 8_000, error: 12_000, notice: null };

class Toasts {
  toast = $state.raw<Toast | null>(null);
  notice = $state<string | null>(null);
  /** The text of the polite live region. */
  said = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;

  /** Says that something is done. */
  done(message: string, offer: Offer | null = null): void {
    this.#show({ kind: "done", message, offer });
    this.say(message);
  }

  /** Says that something happened elsewhere, about which something can be done. */
  notify(message: string, offer: Offer): void {
    this.#show({ kind: "notice", message, offer });
    this.say(message);
  }

  refused(error: Pick<CommandError, "message">): void {
    this.#show({ kind: "error", message: error.message, offer: null });
  }

  /** For screen readers alone. */
  say(message: string): void {
    // Twice the same words are read twice only if the text differs.
    this.#again = !this.#again;
    this.said = message + (this.#again ? "\u00a0" : "");
  }

  tell(message: string): void {
    this.notice = message;
    this.say(message);
  }

  dismiss(): void {
    this.hold();
    this.toast = null;
  }

  /** While it is pointed at or focused, a toast stays. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  release(): void {
    this.hold();
    const lasting = this.toast && LASTING[this.toast.kind];
    if (lasting !== null) this.#timer = setTimeout(() => this.dismiss(), lasting);
  }

  #show(toast: Toast): void {
    this.toast = toast;
    this.release();
  }
}

export const toasts = new Toasts();
