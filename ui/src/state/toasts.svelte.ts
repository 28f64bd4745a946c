// What Clove says without being asked: a toast at a time, a quiet notice, words for screen readers.
import type { CommandError } from "../bindings/CommandError";

export type Toast = { kind: "done" | "error"; message: string; action: number | null };

const LASTING = { done: 8_000, error: 12_000 };

class Toasts {
  toast = $state.raw<Toast | null>(null);
  notice = $state<string | null>(null);
  /** The text of the polite live region. */
  said = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;

  /** Says that something is done. Its action can be undone from the toast; 0 changed nothing. */
  done(message: string, action: number | null = null): void {
    this.#show({ kind: "done", message, action: action || null });
    this.say(message);
  }

  refused(error: Pick<CommandError, "message">): void {
    this.#show({ kind: "error", message: error.message, action: null });
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
    if (this.toast) this.#timer = setTimeout(() => this.dismiss(), LASTING[this.toast.kind]);
  }

  #show(toast: Toast): void {
    this.toast = toast;
    this.release();
  }
}

export const toasts = new Toasts();
