// The first start, as a person meets it: nothing to set up, and more than one way in.
import { waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { cloud, signedIn } from "./fake-account";
import { fake, todo } from "./fake-ipc";
import { kept } from "./fake-keep";
import { synced } from "./fake-sync";
import { $, enter, focused, open, tabTo } from "./page";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { app } from "../src/state/app.svelte";
import { list } from "../src/state/list.svelte";

const none = (selector: string) => expect(document.querySelector(selector)).toBeNull();

beforeEach(() => {
  list.search("");
  list.show("all");
});

test("a fresh Clove has the focus in the field, and three ways in until there is a todo", async () => {
  await open(() => (fake.todos = []));
  await waitFor(() => $("#first-run"));
  expect(focused()).toBe("add-input");
  kept.file = { name: "garden.md", added: 2, changed: 0, skipped: [], action: 0 };
  tabTo("#first-import");
  await enter();
  await waitFor(() => $("#import-dialog"));
  app.dialog = null;
  tabTo("#first-sign-in");
  await enter();
  await waitFor(() => $("#sign-in"));
  app.dialog = null;
  fake.todos = [todo(0)];
  fake.emit("todos-changed");
  await waitFor(() => none("#first-run"));
  fake.todos = [todo(0, { deletedAt: 1 })];
  fake.emit("todos-changed");
  await waitFor(() => $("#empty"));
  none("#first-run");
});

test("where one cannot sign in, the first run offers to set that up", async () => {
  await open(() => {
    fake.todos = [];
    cloud.view = { ...cloud.view, connection: { ...cloud.view.connection, usable: false } };
  });
  await waitFor(() => expect($("#first-sign-in").textContent).toBe("Set up an account"));
});

test("somebody whose account is empty is not asked to sign in", async () => {
  await open(() => {
    fake.todos = [];
    cloud.become(signedIn());
    synced.become({});
  });
  await waitFor(() => $("#empty"));
  none("#first-run");
});
