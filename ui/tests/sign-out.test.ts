// What becomes of todos at a sign-in and a sign-out: each question, and each of its answers.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { cloud, signedIn } from "./fake-account";
import { fake } from "./fake-ipc";
import { $, enter, escape, focused, open, tabTo } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { account } from "../src/state/account.svelte";
import { app } from "../src/state/app.svelte";
import { toasts } from "../src/state/toasts.svelte";

const openSignedIn = (change: () => void = () => undefined) =>
  open(() => {
    cloud.view.status = signedIn();
    change();
  });

async function signOut(unsynced: number): Promise<void> {
  await openSignedIn(() => (cloud.unsynced = unsynced));
  $("#account-button").focus();
  await enter();
  tabTo("#sign-out");
  await enter();
  await waitFor(() => $("#sign-out-confirm"));
}

async function choose(choice: string): Promise<void> {
  await fireEvent.click($(`#sign-out-${choice}`));
  await fireEvent.submit($("#sign-out-dialog form"));
}

const choices = () => fake.named("signOut").map(({ args }) => args[0]);
const moves = () => fake.named("moveTodos").map(({ args }) => args[0]);

test("todos of before the sign-in move into the account after asking", async () => {
  await openSignedIn(() => (cloud.view.todosToMove = 3));
  expect($("#move-todos h2").textContent).toBe("Move 3 todos into your account?");
  expect($("#move-todos").textContent).toContain("whenever you are signed out");
  expect(focused(), "moving is the usual answer").toBe("move-move");
  await enter();
  await waitFor(() => expect($("#toast").textContent).toContain("3 todos are in your account now"));
  expect(moves()).toEqual([true]);
  expect(document.querySelector("#move-todos")).toBeNull();
});

test("or stay on this device", async () => {
  await openSignedIn(() => (cloud.view.todosToMove = 1));
  expect($("#move-todos h2").textContent).toBe("Move 1 todo into your account?");
  tabTo("#move-keep");
  await enter();
  await waitFor(() => expect(document.querySelector("#move-todos")).toBeNull());
  expect(moves()).toEqual([false]);
});

test("a refused move says why, and the question stays", async () => {
  await openSignedIn(() => (cloud.view.todosToMove = 3));
  fake.refuse["moveTodos"] = { code: "diskFull", message: "The disk is full." };
  await enter();
  await waitFor(() => expect($("#move-todos [role=alert]").textContent).toContain("disk is full"));
  expect(document.querySelector("#toast")).toBeNull();
});

test("the question can wait, and is found in the panel", async () => {
  await openSignedIn(() => (cloud.view.todosToMove = 3));
  escape("#move-todos");
  await waitFor(() => expect(document.querySelector("#move-todos")).toBeNull());
  expect(moves()).toEqual([]);
  $("#account-button").focus();
  await enter();
  tabTo("#move-now");
  await enter();
  await waitFor(() => expect(focused()).toBe("move-move"));
});

test("the question does not come over another dialog", async () => {
  await openSignedIn();
  app.dialog = "settings";
  cloud.become(signedIn(), { todosToMove: 3 });
  await waitFor(() => expect(account.todosToMove).toBe(3));
  expect(document.querySelector("#move-todos")).toBeNull();
  escape("#settings");
  await waitFor(() => $("#move-todos"));
});

test("with everything in the account, signing out is a plain question", async () => {
  await signOut(0);
  expect(document.querySelector("#sign-out-keep")).toBeNull();
  expect(focused()).toBe("sign-out-cancel");
  await enter();
  expect(choices()).toEqual([]);
  expect(focused(), "back where it was asked for").toBe("sign-out");

  await enter();
  await waitFor(() => $("#sign-out-confirm"));
  tabTo("#sign-out-confirm");
  await enter();
  await waitFor(() => expect($("#toast").textContent).toContain("Signed out"));
  expect(choices()).toEqual(["keep"]);
  expect(document.querySelector("dialog")).toBeNull();
  expect(focused()).toBe("account-button");
});

test("edits that the account has not got stay on this device, unless one says otherwise", async () => {
  await signOut(3);
  expect($("#sign-out-dialog legend").textContent).toContain("3 edits have not reached");
  expect($<HTMLInputElement>("#sign-out-keep").checked).toBe(true);
  expect(focused()).toBe("sign-out-keep");
  await fireEvent.submit($("#sign-out-dialog form"));
  await waitFor(() => expect($("#toast").textContent).toContain("3 edits wait here"));
  expect(choices()).toEqual(["keep"]);
});

test("exported, they are in a file whose place is shown", async () => {
  await signOut(3);
  cloud.exportedTo = "/home/ada/clove-edits.json";
  await choose("export");
  await waitFor(() => expect($("#exported-to").textContent).toBe("/home/ada/clove-edits.json"));
  expect(choices()).toEqual(["export"]);
  expect(focused()).toBe("exported-close");
  await enter();
  expect(document.querySelector("dialog"), "there is nothing to go back to").toBeNull();
  await waitFor(() => expect(focused()).toBe("account-button"));
});

test("an export that outlasts its dialog still says where the file is", async () => {
  await signOut(3);
  cloud.exportedTo = "/home/ada/clove-edits.json";
  let pass: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (pass = resolve));
  await choose("export");
  expect($("#sign-out-dialog [role=status]").textContent).toContain("Signing out…");
  escape("#sign-out-dialog");
  pass();
  await waitFor(() => expect($("#notice").textContent).toContain("/home/ada/clove-edits.json"));
});

test("discarding takes a second press, in another place", async () => {
  await signOut(3);
  await choose("discard");
  expect(choices(), "the first press only asks").toEqual([]);
  expect($("#sign-out-dialog h2").textContent).toBe("Discard 3 edits?");
  expect(focused(), "a key held down discards nothing").toBe("discard-back");
  await enter();
  expect($<HTMLInputElement>("#sign-out-discard").checked).toBe(true);

  await choose("discard");
  tabTo("#discard-confirm");
  expect($("#discard-confirm").textContent).toBe("Discard 3 edits and sign out");
  await enter();
  await waitFor(() => expect($("#toast").textContent).toContain("Signed out"));
  expect(choices()).toEqual(["discard"]);
});

test("a refused sign-out says why, and everything is as it was", async () => {
  await signOut(3);
  fake.refuse["signOut"] = { code: "diskFull", message: "The file could not be written." };
  await choose("export");
  await waitFor(() => expect($("#sign-out-error").textContent).toContain("could not be written"));
  expect($<HTMLInputElement>("#sign-out-export").checked).toBe(true);
  expect(account.status?.state).toBe("signedIn");
});

test("where edits cannot be counted, they are kept", async () => {
  await openSignedIn(() => {
    fake.refuse["unsyncedCount"] = { code: "internal", message: "No." };
  });
  $("#account-button").focus();
  await enter();
  tabTo("#sign-out");
  await enter();
  await waitFor(() => expect($("#sign-out-dialog").textContent).toContain("Nothing is lost"));
  tabTo("#sign-out-confirm");
  await enter();
  await waitFor(() => expect(choices()).toEqual(["keep"]));
});

test("somebody else's todos end what was begun with the old ones", async () => {
  await openSignedIn();
  toasts.done("Deleted a todo", { id: "toast-undo", label: "Undo", take: () => undefined });
  cloud.become({ state: "signedOut" });
  await waitFor(() => expect(account.profile).toBeNull());
  expect(toasts.toast, "its undo belongs to the other list").toBeNull();
  await waitFor(() => expect(fake.named("listTodos").length).toBeGreaterThan(1));
});
