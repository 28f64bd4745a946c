// Copying, in web views that differ in what they allow.

/** Copies words that may still be on their way. Resolves to whether they are on the clipboard. */
export async function copy(words: Promise<string>): Promise<boolean> {
  try {
    await written(words);
    return true;
  } catch {
    return selected(await words);
  }
}

/** WebKit takes a promise while the press still counts, and refuses what comes after it. */
async function written(words: Promise<string>): Promise<void> {
  if (typeof ClipboardItem === "undefined") {
    await navigator.clipboard.writeText(await words);
    return;
  }
  const plain = words.then((all) => new Blob([all], { type: "text/plain" }));
  // A clipboard that refuses at once never looks at the words, and whether they come is heard above.
  plain.catch(() => undefined);
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
}

/** Where the clipboard is closed to pages, what is selected can often be copied all the same. */
function selected(words: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = words;
  // Under an open dialog, nothing else can be selected.
  (before?.closest("dialog") ?? document.body).append(field);
  field.focus();
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
