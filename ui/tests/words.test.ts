// The catalogues of the page: whole in each language, and the only place with words.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FluentParser, Visitor, type VariableReference } from "@fluent/syntax";
import { expect, test } from "vitest";

const top = resolve(import.meta.dirname, "../..");
const languages = readdirSync(join(top, "locales"));
const read = (file: string) => readFileSync(join(top, file), "utf8");
const filesOf = (folder: string, ending: string) =>
  readdirSync(join(top, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

/** The messages of a catalogue, each with the variables in it. */
function messages(language: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of filesOf(`locales/${language}/page`, ".ftl")) {
    for (const entry of new FluentParser().parse(read(file)).body) {
      expect(entry.type, `${file} has a line that is no message`).not.toBe("Junk");
      if (entry.type !== "Message") continue;
      expect(found.has(entry.id.name), `${entry.id.name} is there twice`).toBe(false);
      const variables = new Set<string>();
      class Variables extends Visitor {
        override visitVariableReference({ id }: VariableReference) {
          variables.add(id.name);
        }
      }
      new Variables().visit(entry);
      found.set(entry.id.name, [...variables].sort());
    }
  }
  return found;
}

const texts = ["ui/src/text.ts", ...filesOf("ui/src/text", ".ts")];
const english = messages("en");
const wordless = (source: string) => source.replace(/^import .*$|\/\/.*$|\/\*\*[\s\S]*?\*\//gm, "");

test("the code asks for the messages that there are, and for all of them", () => {
  const asked = [...texts, "ui/src/words.svelte.ts"].flatMap((file) =>
    [...wordless(read(file)).matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)].map(([, id]) => id),
  );
  expect([...new Set(asked)].sort()).toEqual([...english.keys()].sort());
});

test.each(languages)("%s has every message, with the same variables", (language) => {
  expect(Object.fromEntries(messages(language))).toEqual(Object.fromEntries(english));
});

test("no word is written where its language cannot change", () => {
  for (const file of texts) {
    const literals = wordless(read(file)).match(/"[^"\n]*"|`[^`]*`/g) ?? [];
    const plain = literals.map((literal) => literal.replace(/\$\{.*?\}/g, ""));
    expect(
      plain.filter((literal) => /^.\p{Lu}|\s/u.test(literal)),
      file,
    ).toEqual([]);
  }
  for (const file of filesOf("ui/src/components", ".svelte")) {
    const markup = read(file)
      .replace(/<(script|style)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, "")
      .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, "{}");
    const shown = [...markup.matchAll(/>([^<>]*)</g)].map(([, shown = ""]) => shown);
    const named = [...markup.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]*)"/g)];
    const words = [...shown, ...named.map(([, name = ""]) => name)];
    expect(
      words.filter((word) => /\p{L}{2}/u.test(word)),
      file,
    ).toEqual([]);
  }
});
