// What the tests of the whole window share.
import { fireEvent, render } from "@testing-library/svelte";
import App from "../src/components/App.svelte";
import { account } from "../src/state/account.svelte";
import { adding, recallDraft } from "../src/state/adding.svelte";
import { app } from "../src/state/app.svelte";
import { listen } from "../src/state/commands";
import { keep } from "../src/state/keep.svelte";
import { notices } from "../src/state/notices.svelte";
import { sync } from "../src/state/sync.svelte";
import { toasts } from "../src/state/toasts.svelte";
import { fake } from "./fake-ipc";

/** jsdom lays nothing out: this is the height that the list takes itself to have. */
Object.defineProperty(HTMLElement.prototype, "clientHeight", { get: () => 704 });

export const $ = <T extends HTMLElement>(selector: string) => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
};

export const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

export const focused = () => document.activeElement?.id;

/** Enter on a button: jsdom knows what is focused, and leaves the click to us. */
export async function enter(): Promise<void> {
  const at = document.activeElement;
  if (!(at instanceof HTMLButtonElement)) throw new Error(`${at?.id} is no button`);
  await fireEvent.click(at);
}

export const tabTo = (selector: string) => $(selector).focus();

/** Escape in a dialog, as the browser turns it into a close. */
export const escape = (dialog: string) => $<HTMLDialogElement>(dialog).close();

/** Opens the window on an account as it is after the change. */
export async function open(change: () => void = () => undefined): Promise<void> {
  fake.reset(3);
  change();
  // A window that opens knows nothing of the one before it.
  account.view = null;
  account.moveLater(false);
  app.dialog = null;
  adding.draft = "";
  keep.dismiss();
  keep.backups = null;
  toasts.dismiss();
  render(App);
  await app.start();
  await account.start();
  await sync.start();
  await notices.start();
  await listen();
  await keep.start();
  await recallDraft();
}
