// What a language changes: the forms of words, numbers, dates, and the window while it is open.
import { fireEvent, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import { fake } from "./fake-ipc";

vi.mock("../src/ipc", () => import("./fake-ipc"));

import { dateText, dayText } from "../src/dates";
import { capsOf } from "../src/keys";
import { app } from "../src/state/app.svelte";
import { text } from "../src/text";
import { ago } from "../src/text/forms";
import { languages, say, speak, spoken, told } from "../src/words.svelte";
import { $, open } from "./page";

afterEach(() => {
  speak("en");
  history.replaceState(null, "", "/");
});

const noon = new Date(2026, 2, 7, 12, 5).getTime();

test("a number has the plural form and the separators of the language", () => {
  const counted = () => [0, 1, 2, 1000].map((n) => text.todos(n));
  expect(counted()).toEqual(["0 todos", "1 todo", "2 todos", "1,000 todos"]);
  speak("de");
  expect(counted()).toEqual(["0 Aufgaben", "1 Aufgabe", "2 Aufgaben", "1.000 Aufgaben"]);
  expect(text.found(0)).toBe("Keine Aufgabe gefunden");
});

test("moments are written as the language and its region write them", () => {
  const said = () => [dayText(noon), dateText(noon, noon), ago(2 * 60_000), ago(86_400_000)];
  speak("en-GB");
  expect(said()).toEqual(["7 March 2026", "7 Mar, 12:05", "2 minutes ago", "yesterday"]);
  speak("en-US");
  expect(said()[0]).toBe("March 7, 2026");
  speak("de-AT");
  expect(said()).toEqual(["7. März 2026", "7. März, 12:05", "vor 2 Minuten", "gestern"]);
});

test("one todo is named in the quotation marks of the language", () => {
  speak("de");
  expect(text.deleted(["Nelken kaufen"], 1)).toBe("„Nelken kaufen“ gelöscht");
  expect(text.undone("delete", [], 2)).toBe("Rückgängig gemacht: 2 Aufgaben löschen");
});

test("a title from right to left keeps its direction to itself", () => {
  expect(text.added("לקנות חלב")).toBe("Added “\u2068לקנות חלב\u2069”");
  expect(text.added("\u202egnp.exe")).toBe("Added “\u2068gnp.exe\u2069”");
});

test("keys are called as they are printed", () => {
  expect(capsOf("Mod+Shift+Delete", "linux")).toEqual(["Ctrl", "Shift", "Delete"]);
  speak("de");
  expect(capsOf("Mod+Shift+Delete", "linux")).toEqual(["Strg", "Umschalt", "Entf"]);
  expect(capsOf("Mod+ArrowUp", "macos")).toEqual(["⌘", "↑"]);
});

test("a page speaks the language that it was opened in, and English where it has no catalogue", () => {
  history.replaceState(null, "", "/index.html?locale=de-CH#account");
  speak(told());
  expect([spoken(), document.documentElement.lang]).toEqual(["de-CH", "de-CH"]);
  expect(text.count(1000)).toMatch(/^1['’]000$/);
  speak("fr-FR");
  expect([spoken(), document.documentElement.lang]).toEqual(["en", "en"]);
});

test("why a todo was not taken is said in the language, where the reason is known", () => {
  const aside = (code: string) => ({
    state: "setAside" as const,
    code,
    message: "Too long, it says.",
  });
  speak("de");
  expect(text.sync.reason(aside("titleTooLong"))).toBe("Der Titel ist zu lang.");
  expect(text.sync.reason(aside("toString"))).toBe("Too long, it says.");
});

test("a message that is not there is found out while Clove is built", () => {
  expect(() => say("no-such-message")).toThrow("no-such-message");
  expect(() => say("todos-counted")).toThrow("n");
});

test("the window speaks the chosen language at once, and keeps what is being done", async () => {
  await open();
  await fireEvent.input($("#add-input"), { target: { value: "Half a thou" } });
  app.dialog = "settings";
  await waitFor(() => expect($("#settings h2").textContent).toBe("Settings"));
  const names = [...$("#language").querySelectorAll("option")].map((option) => option.textContent);
  expect(names).toEqual(["As the system", ...languages().map(({ name }) => name)]);

  await fireEvent.change($("#language"), { target: { value: "de" } });
  await waitFor(() => expect($("#settings h2").textContent).toBe("Einstellungen"));
  expect(fake.named("setLanguage")[0]?.args).toEqual(["de"]);
  expect($("#filter-active").textContent).toContain("Offen");
  expect($("[data-todo-id] input").getAttribute("aria-label")).toBe("„Todo number 0“ abhaken");
  expect($<HTMLInputElement>("#add-input").value).toBe("Half a thou");
  expect($("#add-input").getAttribute("placeholder")).toBe("Aufgabe hinzufügen");
  expect(document.documentElement.lang).toBe("de");

  await fireEvent.change($("#language"), { target: { value: "system" } });
  await waitFor(() => expect($("#settings h2").textContent).toBe("Settings"));
  expect(fake.named("setLanguage")[1]?.args).toEqual([null]);
});
