// Somebody in the account's panel: who they are, and how their sign-in stands.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test, vi } from "vitest";
import { ada, cloud, signedIn } from "./fake-account";
import { fake } from "./fake-ipc";
import { $, enter, focused, open, press, tabTo } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

const openPanel = async () => {
  await press("A", { ctrlKey: true, shiftKey: true });
  await waitFor(() => $("#account"));
};
const panel = () => $("#account").textContent;
const lost = { state: "sessionLost", profile: ada, message: "You signed out elsewhere." } as const;

test("signed in, the panel shows who: picture or initials, name, address, day", async () => {
  await open(() => (cloud.view.status = signedIn()));
  expect($("#account-button").getAttribute("aria-label")).toBe("Account: Ada Lovelace");
  expect($("#account-button").textContent?.trim()).toBe("AL");
  await openPanel();
  expect(panel()).toContain("ada@example.com");
  expect(panel()).toMatch(/Joined .*2025/);
  expect(panel()).not.toContain("Administrator");
  tabTo("#manage-account");
  await enter();
  expect(fake.named("manageAccount")).toHaveLength(1);

  cloud.picture = "data:image/png;base64,AAAA";
  cloud.become(signedIn({ hasPicture: true, role: "admin" }));
  await waitFor(() => expect($<HTMLImageElement>("#account img").src).toBe(cloud.picture));
  expect(panel()).toContain("Administrator");
  await fireEvent.error($("#account img"));
  expect(document.querySelector("#account img"), "a broken picture gives way").toBeNull();
});

test("the name is changed where it stands", async () => {
  await open(() => (cloud.view.status = signedIn()));
  await openPanel();
  tabTo("#edit-name");
  await enter();
  expect(focused()).toBe("name-input");
  await fireEvent.input($("#name-input"), { target: { value: "No" } });
  await press("Escape");
  await tick();
  expect($("#profile-name").textContent, "Escape leaves the field alone").toBe("Ada Lovelace");
  expect(focused()).toBe("edit-name");

  await enter();
  fake.refuse["renameProfile"] = { code: "invalid", message: "That is too long." };
  await fireEvent.input($("#name-input"), { target: { value: "Countess" } });
  await fireEvent.submit($("#account form"));
  await waitFor(() => expect($("#name-error").textContent).toBe("That is too long."));
  expect($("#name-input").getAttribute("aria-describedby")).toBe("name-error");
  expect($<HTMLInputElement>("#name-input").value).toBe("Countess");

  delete fake.refuse["renameProfile"];
  await fireEvent.submit($("#account form"));
  await waitFor(() => expect($("#profile-name").textContent).toBe("Countess"));
  expect(focused()).toBe("edit-name");
  expect($("#live").textContent).toContain("You are now called Countess");
});

test.each([
  ["waiting", { state: "waiting" }, /Unlock your keyring/],
  ["memory", { state: "memory", message: "There is no keyring: install one." }, /install one/],
] as const)("a session that is in no keyring (%s) says what to do", async (_, kept, words) => {
  await open(() => (cloud.view.status = { ...signedIn(), persistence: kept } as never));
  await openPanel();
  expect($("#account-notice").textContent).toMatch(words);
});

test("a locked keyring is named, marked in the header, and tried again", async () => {
  await open(() => (cloud.view.status = { state: "restoring", profile: ada, locked: true }));
  expect($("#account-button").getAttribute("aria-label")).toContain("needs your attention");
  await openPanel();
  expect($("#account-notice").textContent).toMatch(/Unlock your keyring.*you can edit them/s);
  tabTo("#retry-keyring");
  cloud.view.status = signedIn();
  await enter();
  await waitFor(() => $("#profile-name"));
  expect(focused(), "the pressed button is gone").toBe("account-title");
});

test("a lost session says why, keeps the person, and leads back in", async () => {
  await open(() => (cloud.view.status = lost));
  expect($("#account-button .mark").textContent).toBe("!");
  expect($("#account-button").getAttribute("aria-label")).toBe(
    "Account: Ada Lovelace (needs your attention)",
  );
  await openPanel();
  expect(panel()).toContain("You signed out elsewhere.");
  expect(document.querySelector("#sign-out")).not.toBeNull();
  expect(focused()).toBe("sign-in");
  await enter();
  await waitFor(() => expect(fake.named("signIn")[0]?.args).toEqual(["signIn"]));
});
