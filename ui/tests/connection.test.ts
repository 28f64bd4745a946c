// The connection in Settings, and the doctor.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { cloud, signedIn } from "./fake-account";
import { fake } from "./fake-ipc";
import { $, enter, escape, focused, open, tabTo } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { app } from "../src/state/app.svelte";

async function openSettings(change: () => void = () => undefined): Promise<void> {
  await open(change);
  app.dialog = "settings";
  await waitFor(() => $("#convex-url"));
}

const type = (selector: string, value: string) =>
  fireEvent.input($(selector), { target: { value } });
const own = { publishableKey: "pk_test_own", convexUrl: "https://own.convex.cloud" };
const copied = vi.fn();

beforeEach(() => {
  vi.stubGlobal("navigator", { ...navigator, userAgent: "", clipboard: { writeText: copied } });
});

test("a connection is checked once the typing pauses, and only where one typed", async () => {
  await openSettings();
  cloud.check = { publishableKey: "It starts with pk_test_ or pk_live_.", convexUrl: "Wrong." };
  for (const value of ["s", "sk", "sk_"]) await type("#publishable-key", value);
  await waitFor(() => expect($("#publishable-key-note").textContent).toContain("pk_test_"));
  expect(fake.named("checkConnection").map(({ args }) => args)).toEqual([
    ["sk_", "https://built-in.convex.cloud"],
  ]);
  const field = $("#publishable-key");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(field.getAttribute("aria-describedby")).toBe("publishable-key-note");
  expect($("#convex-url").getAttribute("aria-invalid")).toBeNull();
});

test("what is wrong is not saved, and has the focus", async () => {
  await openSettings();
  cloud.check = { publishableKey: null, convexUrl: "It starts with https://." };
  await type("#publishable-key", own.publishableKey);
  await fireEvent.submit($("#settings form"));
  await waitFor(() => expect(focused()).toBe("convex-url"));
  expect($("#convex-url-note").textContent).toBe("It starts with https://.");
  expect(fake.named("setConnection")).toEqual([]);
});

test("a connection of one's own is saved, and given up for the built-in one", async () => {
  await openSettings();
  expect(document.querySelector("#connection-built-in")).toBeNull();
  await type("#publishable-key", own.publishableKey);
  await type("#convex-url", own.convexUrl);
  await fireEvent.submit($("#settings form"));
  await waitFor(() => expect($("#connection-done").textContent).toBe("Connection saved"));
  expect(fake.named("setConnection")[0]?.args).toEqual([own.publishableKey, own.convexUrl]);

  tabTo("#connection-built-in");
  await enter();
  await waitFor(() => expect($("#connection-done").textContent).toContain("built-in"));
  expect(fake.named("setConnection")[1]?.args).toEqual(["", ""]);
  expect($<HTMLInputElement>("#convex-url").value).toBe("https://built-in.convex.cloud");
});

test("a refusal is said, and what was typed stays", async () => {
  await openSettings();
  fake.refuse["setConnection"] = { code: "diskFull", message: "The disk is full." };
  await type("#publishable-key", own.publishableKey);
  await fireEvent.submit($("#settings form"));
  await waitFor(() => expect($("#connection-error").textContent).toBe("The disk is full."));
  expect($<HTMLInputElement>("#publishable-key").value).toBe(own.publishableKey);
});

test("whoever is signed in signs out first", async () => {
  await openSettings(() => (cloud.view.status = signedIn()));
  expect($<HTMLInputElement>("#publishable-key").disabled).toBe(true);
  expect($("#settings form").textContent).toContain("Sign out to change the connection.");
  expect(document.querySelector("#connection-save")).toBeNull();
});

test("the doctor says it is looking, then what works, what does not, and what to do", async () => {
  await openSettings(() => {
    cloud.findings = [
      { subject: "Clerk", outcome: "good", finding: "It answers.", cure: null },
      { subject: "Template", outcome: "bad", finding: "There is none.", cure: "Create one." },
      { subject: "Convex", outcome: "skipped", finding: "Not asked.", cure: null },
      { subject: "Clock", outcome: "notice", finding: "41 s ahead.", cure: null },
    ];
  });
  let pass: () => void = () => undefined;
  fake.gate = new Promise((resolve) => (pass = resolve));
  tabTo("#settings-doctor");
  await enter();
  await waitFor(() => expect($("#doctor [role=status]").textContent).toContain("Checking…"));
  pass();
  await waitFor(() => expect(document.querySelectorAll("#doctor li")).toHaveLength(4));
  const words = Array.from(document.querySelectorAll("#doctor .outcome"), (e) => e.textContent);
  expect(words).toEqual(["Works", "Does not work", "Not checked", "Notice"]);
  expect(document.querySelectorAll("#doctor li > svg")).toHaveLength(4);
  expect($('#doctor [data-outcome="bad"]').textContent).toMatch(/There is none.*Create one\./s);
  expect($("#live").textContent).toContain("1 thing does not work.");

  cloud.findings = cloud.findings.slice(0, 1);
  tabTo("#check-again");
  await enter();
  await waitFor(() => expect($("#doctor").textContent).toContain("Everything that was checked"));
  escape("#doctor");
  await waitFor(() => expect(focused(), "back in Settings").toBe("settings-doctor"));
});

test("diagnostics are copied, and a doctor that cannot look says so", async () => {
  await openSettings();
  fake.refuse["doctor"] = { code: "internal", message: "It could not start." };
  tabTo("#settings-doctor");
  await enter();
  await waitFor(() => expect($("#doctor [role=alert]").textContent).toBe("It could not start."));
  tabTo("#copy-diagnostics");
  await enter();
  await waitFor(() => expect($("#live").textContent).toContain("Diagnostics copied"));
  expect(copied).toHaveBeenCalledWith("Clove 0.1.0, all of it");
});
