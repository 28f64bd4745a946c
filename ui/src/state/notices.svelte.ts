// What Clove has to say without being asked, and what can be done about it.
import type { AppNotice } from "../bindings/AppNotice";
import type { LostEdit } from "../bindings/LostEdit";
import type { SyncNotice } from "../bindings/SyncNotice";
import * as ipc from "../ipc";
import { text } from "../text";
import { app } from "./app.svelte";
import { restore } from "./edits.svelte";
import { past } from "./past.svelte";
import { toasts } from "./toasts.svelte";

const SHOW_HISTORY = "toast-history";

class Notices {
  /** The todos of the toast about lost edits, while it is there. */
  #lost: LostEdit[] = [];

  async start(): Promise<void> {
    await ipc.onNotice(() => void this.#hear());
    await this.#hear();
  }

  async #hear(): Promise<void> {
    const heard = await ipc.takeNotices().catch((): AppNotice[] => []);
    const words: string[] = [];
    for (const told of heard) {
      if (told.kind === "words") words.push(told.message);
      else if (told.kind === "repaired") {
        const { rescued, fromBackup, damagedFile } = told.repair;
        words.push(text.keep.repaired(rescued, fromBackup, damagedFile));
      } else words.push(...this.#tell(told.notice));
    }
    if (words.length > 0) toasts.tell(words.join(" "));
  }

  /** What is to stay on the screen besides the toast. */
  #tell(notice: SyncNotice): string[] {
    if (notice.kind === "editsLost") {
      this.#tellLost(notice.todos);
      return [];
    }
    const { ids, copy } = notice;
    toasts.notify(text.sync.manyDeleted(ids.length), {
      id: "toast-undo",
      label: text.undo,
      take: () => restore(ids),
    });
    return [text.sync.copyKept(copy)];
  }

  /** A toast that is still there is about the earlier ones too. */
  #tellLost(todos: LostEdit[]): void {
    const earlier = toasts.toast?.offer?.id === SHOW_HISTORY ? this.#lost : [];
    const again = (one: LostEdit) => todos.some(({ id }) => id === one.id);
    this.#lost = [...todos, ...earlier.filter((one) => !again(one))];
    const lost = this.#lost;
    toasts.notify(text.sync.editsLost(lost.map(({ title }) => title)), {
      id: SHOW_HISTORY,
      label: text.sync.showHistory,
      take: () => {
        app.dialog = "past";
        return past.open(lost);
      },
    });
  }
}

export const notices = new Notices();
