// jsdom lays nothing out and has no dialogs: what the components need of both.
import { configure } from "@testing-library/svelte";
import { vi } from "vitest";

// What is waited for comes, or never does: a second would only say that the machine is busy.
configure({ asyncUtilTimeout: 20_000 });

class NoResizes {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", NoResizes);

HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
  this.dispatchEvent(new Event("close"));
};
