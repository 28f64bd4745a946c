// The quick-add window: one draft, kept by the shell while the window is hidden.
import * as ipc from "../ipc";
import { speak } from "../words.svelte";
import { Adding } from "./adding.svelte";

class Quick {
  readonly adding = new Adding();

  /** Call with what to do each time the window comes up: the field is focused then. */
  async start(focus: () => void): Promise<void> {
    await ipc.onAppInfoChanged(({ locale }) => speak(locale));
    await ipc.onQuickAddShown(() => void this.#shown(focus));
    await this.#shown(focus);
  }

  /** Adds, and goes; a refused text stays, and so does the window. */
  async submit(): Promise<void> {
    if (!(await this.adding.submit())) return;
    this.adding.draft = "";
    await this.#hide("");
  }

  async leave(): Promise<void> {
    await this.#hide(this.adding.draft);
  }

  async #shown(focus: () => void): Promise<void> {
    focus();
    try {
      const kept = await ipc.quickAddOpened();
      if (this.adding.draft === "") this.adding.draft = kept;
    } catch (refused) {
      this.adding.error = ipc.asCommandError(refused);
    }
    focus();
  }

  async #hide(draft: string): Promise<void> {
    try {
      await ipc.quickAddHide(draft);
      this.adding.error = null;
    } catch (refused) {
      this.adding.error = ipc.asCommandError(refused);
    }
  }
}

export const quick = new Quick();
