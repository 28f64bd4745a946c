// Texts of the guide's schema, which has no bounds, brought within those of text.ts. What did not fit
// is kept as it was in the table `originals`.
import type { Doc } from "./_generated/dataModel";
import type { MutationCtx } from "./_generated/server";
import type { Todo } from "./merge";
import { characters, controlCharacters, descriptionMax, titleMax, withNewlines } from "./text";

/** A todo within bounds. Text that is too long is cut. */
export function fitted(todo: Todo): Todo {
  const title = shortened(readable(todo.title.value), titleMax);
  const description = shortened(readable(todo.description.value ?? ""), descriptionMax);
  return {
    ...todo,
    title: { ...todo.title, value: title === "" ? "Untitled" : title },
    description: { ...todo.description, value: description === "" ? null : description },
  };
}

/** Keeps the texts of a row that is about to be replaced by another text. */
export async function keepOriginal(ctx: MutationCtx, doc: Doc<"todos">): Promise<void> {
  const description = doc.description === undefined ? {} : { description: doc.description };
  await ctx.db.insert("originals", { todoId: doc._id, title: doc.title, ...description });
}

const readable = (text: string) =>
  withNewlines(text.toWellFormed()).replace(controlCharacters, " ").trim();

const shortened = (text: string, max: number) =>
  characters(text) > max
    ? `${[...text]
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`
    : text;
