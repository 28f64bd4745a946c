// Which language the words are in, and how a message of its catalogue (locales/) becomes a sentence.
import { FluentBundle, FluentResource } from "@fluent/bundle";

/** What a message is told: numbers for its plural forms, texts that stand in it. */
export type Arguments = Record<string, string | number>;

/** The language spoken where no catalogue fits. */
const FALLBACK = "en";

let locale = $state(FALLBACK);

/** The language, and the region whose customs dates and numbers follow: a tag such as "de-CH" (BCP 47). */
export const spoken = () => locale;

/** Speaks another language from now on: whatever is on the screen is painted anew. */
export function speak(tag: string): void {
  locale = catalogues.has(languageOf(tag)) ? tag : FALLBACK;
  document.documentElement.lang = locale;
  document.documentElement.dir = say("language-direction");
}

/** The language that the shell opened this page in. */
export const told = () => /[?&]locale=([\w-]+)/.exec(location.search)?.[1] ?? FALLBACK;

/** The sentence of a message. */
export function say(id: string, args?: Arguments): string {
  return sayIn(locale, id, args);
}

/** What each language calls itself. */
export const languages = () =>
  [...catalogues.keys()].map((tag) => ({ tag, name: sayIn(tag, "language-name") }));

/**
 * Lets an object of message ids answer with their sentences, at the moment they are read, so that
 * another language needs no other object.
 */
export function sentences<T extends object>(ids: T): T {
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(ids))) {
    if (typeof value === "object") sentences(value as object);
    if (typeof value !== "string" || !ID.test(value)) continue;
    Object.defineProperty(ids, key, { get: () => say(value), enumerable: true });
  }
  return ids;
}

/** An id has two parts at least, so that it is no word by chance. */
const ID = /^[a-z]+(-[a-z]+)+$/;

function sayIn(tag: string, id: string, args: Arguments = {}): string {
  const bundle = bundleOf(tag);
  const pattern = bundle.getMessage(id)?.value;
  const errors: Error[] = pattern ? [] : [new Error(`no message is called ${id}`)];
  const said = pattern ? bundle.formatPattern(pattern, args, errors) : id;
  // A word that is missing keeps no window from working; whoever builds Clove is to hear of it.
  if (import.meta.env.DEV && errors[0]) throw errors[0];
  return said;
}

const bundles: Record<string, FluentBundle> = {};

function bundleOf(tag: string): FluentBundle {
  return (bundles[tag] ??= newBundle(tag));
}

/** What stands in a sentence is isolated from it where it has to be: by `quoted`, for titles. */
function newBundle(tag: string): FluentBundle {
  const bundle = new FluentBundle(tag, { useIsolating: false });
  for (const source of catalogues.get(languageOf(tag)) ?? []) {
    bundle.addResource(new FluentResource(source));
  }
  return bundle;
}

const languageOf = (tag: string) => tag.split("-")[0] ?? tag;

const files = import.meta.glob<string>("../../locales/*/page/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

const catalogues = Object.entries(files).reduce((found, [path, source]) => {
  const language = /locales\/([^/]+)/.exec(path)?.[1] ?? FALLBACK;
  return found.set(language, [...(found.get(language) ?? []), source]);
}, new Map<string, string[]>());
