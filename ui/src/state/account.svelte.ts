// Who is signed in, and what the person can do about it.
import type { AccountView } from "../bindings/AccountView";
import type { Profile } from "../bindings/Profile";
import type { SignedOut } from "../bindings/SignedOut";
import type { SignInMode } from "../bindings/SignInMode";
import type { SignOutChoice } from "../bindings/SignOutChoice";
import * as ipc from "../ipc";
import { text } from "../text";
import { app } from "./app.svelte";
import { cursor } from "./cursor.svelte";
import { list } from "./list.svelte";
import { toasts } from "./toasts.svelte";

class Account {
  view = $state.raw<AccountView | null>(null);
  /** The person's picture, as a data: URL. */
  picture = $state.raw<string | null>(null);
  /** Whether an answer to a press is awaited. */
  busy = $state(false);
  #refused = $state<string | null>(null);
  /** Set where the question about the todos of before was closed without an answer. */
  #later = $state(false);
  /** Counts what was asked: an answer that a newer question overtook may be out of date. */
  #asked = 0;
  /** Counts what was pressed: what became of an earlier press is no news after a later one. */
  #tries = 0;
  /** The address of the person whose todos are in the list. */
  #whose: string | null = null;

  readonly status = $derived(this.view?.status ?? null);
  readonly profile = $derived(profileOf(this.view));
  /** Nobody is asked to sign in where it cannot work. */
  readonly canSignIn = $derived(
    this.status?.state === "sessionLost" ||
      (this.status?.state === "signedOut" && this.view?.connection.usable === true),
  );
  readonly problem = $derived(this.#refused ?? this.view?.problem ?? null);
  readonly todosToMove = $derived(this.view?.todosToMove || null);
  /** Whether it is time to ask about the todos of before the sign-in. */
  readonly asksToMove = $derived(this.todosToMove !== null && !this.#later && app.dialog === null);
  /** Whether the person is wanted, and nothing on the screen says so. */
  readonly needsYou = $derived(
    this.problem !== null ||
      this.status?.state === "sessionLost" ||
      (this.status?.state === "restoring" && this.status.locked),
  );

  async start(): Promise<void> {
    // Listening comes first, so that no change falls between the first answer and the first event.
    await ipc.onAccountChanged(() => void this.#learn());
    await this.#learn();
  }

  async signIn(mode: SignInMode): Promise<void> {
    if (!this.busy) await this.#ask(() => ipc.signIn(mode));
  }

  async openAgain(): Promise<void> {
    await this.#ask(ipc.signInAgain);
  }

  /** Also while the browser is still being asked for. */
  async cancel(): Promise<void> {
    if (await this.#ask(ipc.cancelSignIn)) toasts.say(text.signInCancelled);
  }

  /** The address that the browser was sent to. */
  readonly link = ipc.signInLink;

  async retryKeyring(): Promise<void> {
    await this.#ask(ipc.retryKeyring);
  }

  async manage(): Promise<void> {
    await this.#ask(ipc.manageAccount);
  }

  async move(move: boolean): Promise<void> {
    if (this.busy) return;
    const count = this.todosToMove ?? 0;
    if (!(await this.#ask(() => ipc.moveTodos(move))) || !move) return;
    list.invalidate();
    toasts.done(text.moved(count));
  }

  moveLater(later = true): void {
    this.#later = later;
  }

  /** Resolves to what is wrong with the name, in words, or to null. */
  async rename(name: string): Promise<string | null> {
    const asked = ++this.#asked;
    try {
      await this.#take(await ipc.renameProfile(name), asked);
      return null;
    } catch (refused) {
      return ipc.asCommandError(refused).message;
    }
  }

  readonly unsyncedCount = ipc.unsyncedCount;

  /** Throws a CommandError where nothing came of it: the person is still signed in. */
  async signOut(choice: SignOutChoice): Promise<SignedOut> {
    const signedOut = await ipc.signOut(choice);
    await this.#learn();
    return signedOut;
  }

  /** Resolves to what went wrong, in words, or to null. Two empty texts mean the built-in one. */
  async setConnection(publishableKey: string, convexUrl: string): Promise<string | null> {
    const asked = ++this.#asked;
    try {
      await this.#take(await ipc.setConnection(publishableKey, convexUrl), asked);
      return null;
    } catch (refused) {
      return ipc.asCommandError(refused).message;
    }
  }

  readonly checkConnection = ipc.checkConnection;
  readonly doctor = ipc.doctor;
  readonly diagnostics = ipc.diagnostics;

  /** Whether it was done. What is on the screen by then may be newer than the answer. */
  async #ask(command: () => Promise<AccountView | null>): Promise<boolean> {
    const asked = ++this.#asked;
    const tried = ++this.#tries;
    this.busy = true;
    this.#refused = null;
    try {
      const view = await command();
      if (view) await this.#take(view, asked);
      return true;
    } catch (refused) {
      if (tried === this.#tries) this.#refused = ipc.asCommandError(refused).message;
      return false;
    } finally {
      if (tried === this.#tries) this.busy = false;
    }
  }

  async #learn(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await ipc.account();
      if (asked === this.#asked) this.#know(view);
    } catch (refused) {
      this.#refused = ipc.asCommandError(refused).message;
    }
  }

  async #take(view: AccountView, asked: number): Promise<void> {
    if (asked === this.#asked) this.#know(view);
    else await this.#learn();
  }

  #know(view: AccountView): void {
    const before = this.view;
    this.view = view;
    void this.#see(profileOf(before), profileOf(view));
    const whose = this.#whose;
    // While somebody signs in, the todos on the screen are those of before.
    if (view.status.state !== "signingIn") this.#whose = profileOf(view)?.email ?? null;
    if (before === null) return;
    if (whose !== this.#whose) this.#another();
    if (before.status.state !== view.status.state) this.#refused = null;
    if (before.status.state === "signingIn") this.#goOn(before, view);
    // A sign-in that fails while its panel is open says so there.
    if (view.problem !== null && view.problem !== before.problem && app.dialog !== "account")
      toasts.refused({ message: view.problem });
  }

  /** Says how a sign-in goes on. */
  #goOn(before: AccountView, { status }: AccountView): void {
    if (status.state === "signedIn") {
      if (app.dialog === "account") app.dialog = null;
      toasts.done(text.signedInAs(status.profile.name));
    } else if (status.state === "signingIn" && before.status.state === "signingIn") {
      if (status.stage !== before.status.stage) toasts.say(text.signingIn[status.stage]);
    }
  }

  /** Somebody else's todos are in the list: what was begun with the old ones is over. */
  #another(): void {
    this.#later = false;
    cursor.selected.clear();
    if (toasts.toast?.offer) toasts.dismiss();
    if (app.dialog === "past") app.dialog = null;
    list.invalidate();
  }

  async #see(before: Profile | null, now: Profile | null): Promise<void> {
    if (JSON.stringify(before) === JSON.stringify(now)) return;
    if (before?.email !== now?.email || !now?.hasPicture) this.picture = null;
    if (!now?.hasPicture) return;
    const picture = await ipc.profilePicture().catch(() => null);
    if (this.profile?.email === now.email && this.profile.hasPicture) this.picture = picture;
  }
}

function profileOf(view: AccountView | null): Profile | null {
  return view && "profile" in view.status ? view.status.profile : null;
}

export const account = new Account();
