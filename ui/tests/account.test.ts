// Signing in as a person meets it: the real window over the contract's fake, by keyboard alone.
import { waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { ada, cloud, signedIn } from "./fake-account";
import { fake } from "./fake-ipc";
import { $, enter, escape, focused, open, press, tabTo } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { account } from "../src/state/account.svelte";
import { toasts } from "../src/state/toasts.svelte";

const openPanel = async () => {
  await press("A", { ctrlKey: true, shiftKey: true });
  await waitFor(() => $("#account"));
};
const panel = () => $("#account").textContent;

beforeEach(() => {
  vi.stubGlobal("navigator", { ...navigator, userAgent: "", clipboard: { writeText: copied } });
});
const copied = vi.fn();

test("signed out, the header offers to sign in, and the panel says what for", async () => {
  await open();
  expect($("#account-button").getAttribute("aria-label")).toBe("Sign in");
  $("#account-button").focus();
  await enter();
  expect(panel()).toContain("on all your devices");
  expect(panel()).toContain("Without an account, everything stays on this device.");
  expect(focused()).toBe("sign-in");
  escape("#account");
  await tick();
  expect(focused(), "the focus goes back to where it was").toBe("account-button");
});

test("without a usable connection nothing invites, and the panel leads to Settings", async () => {
  await open(() => (cloud.view.connection.usable = false));
  expect(document.querySelector("#account-button")).toBeNull();
  await openPanel();
  expect(focused()).toBe("set-up");
  await enter();
  await waitFor(() => $("#settings #convex-url"));
});

test.each([
  ["sign-in", "signIn"],
  ["sign-up", "signUp"],
])("%s asks for the browser", async (button, mode) => {
  await open();
  await openPanel();
  tabTo(`#${button}`);
  await enter();
  await waitFor(() => $("#copy-link"));
  expect(fake.named("signIn")[0]?.args).toEqual([mode]);
  expect($("#account h2").textContent).toMatch(/^Finish.* in your browser$/);
  expect(focused(), "the pressed button is gone: its dialog has the focus").toBe("account-title");
  await waitFor(() => expect($("#account-button").getAttribute("aria-label")).toMatch(/^Finish/));
});

test("the browser can be opened again, the link copied, the whole cancelled", async () => {
  await open(
    () => (cloud.view.status = { state: "signingIn", mode: "signIn", stage: "inBrowser" }),
  );
  await openPanel();
  tabTo("#open-again");
  await enter();
  expect(fake.named("signInAgain")).toHaveLength(1);
  tabTo("#copy-link");
  await enter();
  await waitFor(() => expect($("#live").textContent).toContain("Link copied"));
  expect(copied).toHaveBeenCalledWith("https://accounts.example.com/sign-in");
  expect($('#account [aria-live="polite"]').textContent, "the page behind is silent").toContain(
    "Link copied",
  );
  tabTo("#cancel-sign-in");
  await enter();
  await waitFor(() => expect(focused()).toBe("sign-in"));
  await waitFor(() => expect($("#live").textContent).toContain("Sign-in cancelled"));
});

test("where the clipboard is closed, the link is there to be copied by hand", async () => {
  copied.mockRejectedValueOnce(new Error("not allowed"));
  await open(
    () => (cloud.view.status = { state: "signingIn", mode: "signIn", stage: "inBrowser" }),
  );
  await openPanel();
  tabTo("#copy-link");
  await enter();
  await waitFor(() =>
    expect($<HTMLTextAreaElement>("#account textarea").value).toBe(
      "https://accounts.example.com/sign-in",
    ),
  );
});

test("a sign-in can be cancelled while the browser is still being asked for", async () => {
  await open();
  await openPanel();
  let fail: (error: unknown) => void = () => undefined;
  fake.gate = new Promise((_, reject) => (fail = reject));
  await enter();
  fake.gate = null;
  cloud.become({ state: "signingIn", mode: "signIn", stage: "starting" });
  await waitFor(() => expect(panel()).toContain("Opening your browser…"));
  tabTo("#cancel-sign-in");
  await enter();
  await waitFor(() => expect(focused()).toBe("sign-in"));
  fail({ code: "internal", message: "Cancelled." });
  await tick();
  expect(document.querySelector("#account-problem"), "that is no news any more").toBeNull();
});

test("who comes back from the browser is greeted by name, once", async () => {
  await open(
    () => (cloud.view.status = { state: "signingIn", mode: "signIn", stage: "inBrowser" }),
  );
  await openPanel();
  cloud.become({ state: "signingIn", mode: "signIn", stage: "finishing" });
  await waitFor(() => expect(panel()).toContain("Almost there…"));
  const say = vi.spyOn(toasts, "say");
  cloud.become(signedIn());
  fake.emit("account-changed");
  await waitFor(() => expect($("#toast").textContent).toContain("Signed in as Ada Lovelace"));
  expect(document.querySelector("#account"), "the way to the todos is free").toBeNull();
  cloud.become(signedIn({ role: "admin" }));
  await waitFor(() => expect(account.profile?.role).toBe("admin"));
  expect(say.mock.calls).toEqual([["Signed in as Ada Lovelace"]]);
});

test("who was signed in when the window opened, or is again, is not greeted", async () => {
  await open(() => (cloud.view.status = { state: "restoring", profile: ada, locked: false }));
  await openPanel();
  expect(panel()).toContain("Signing you back in…");
  cloud.become(signedIn());
  await waitFor(() => $("#profile-name"));
  expect(document.querySelector("#toast")).toBeNull();
});

test("what went wrong is said in the panel, or in a toast where there is none", async () => {
  await open();
  await openPanel();
  fake.refuse["signIn"] = { code: "unavailable", message: "Clerk did not answer." };
  await enter();
  await waitFor(() => expect($("#account-problem").textContent).toContain("did not answer"));
  expect($("#account-problem").getAttribute("role")).toBe("alert");
  delete fake.refuse["signIn"];
  await enter();
  await waitFor(() => $("#copy-link"));
  expect(document.querySelector("#account-problem"), "gone with the next try").toBeNull();

  escape("#account");
  cloud.become({ state: "signedOut" }, { problem: "It took longer than ten minutes." });
  await waitFor(() => expect($("#toast").textContent).toContain("ten minutes"));
  expect($("#account-button").getAttribute("aria-label")).toContain("needs your attention");
  await openPanel();
  expect($("#account-problem").textContent).toContain("ten minutes");
  expect(document.querySelector("#toast"), "it is said once").toBeNull();
});

test("an answer that a newer one overtook is not shown", async () => {
  await open(() => (cloud.view.status = signedIn()));
  let pass: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (pass = resolve));
  const old = cloud.view;
  fake.emit("account-changed");
  fake.gate = null;
  cloud.become(signedIn({ name: "Countess" }));
  await waitFor(() => expect(account.profile?.name).toBe("Countess"));
  cloud.view = old;
  pass();
  await tick();
  expect(account.profile?.name).toBe("Countess");
});
