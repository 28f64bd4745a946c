import { beforeEach, expect, test, vi } from "vitest";
import { copy } from "../src/clipboard";

const write = vi.fn<(items: Item[]) => Promise<void>>();
const execCommand = vi.fn<(command: string) => boolean>();
vi.stubGlobal("navigator", { clipboard: { write } });
Object.assign(document, { execCommand });

beforeEach(() => {
  write.mockReset().mockResolvedValue();
  execCommand.mockReset().mockReturnValue(true);
  document.body.replaceChildren();
});

class Item {
  constructor(readonly kinds: Record<string, Promise<Blob>>) {}
}
vi.stubGlobal("ClipboardItem", Item);

test("the clipboard is asked while the press still counts, before the words are there", async () => {
  let arrive: (words: string) => void = () => undefined;
  const copied = copy(new Promise((resolve) => (arrive = resolve)));
  expect(write).toHaveBeenCalledOnce();
  arrive("the link");
  expect(await copied).toBe(true);
  const item = write.mock.calls[0]?.[0][0];
  expect((await item?.kinds["text/plain"])?.size).toBe("the link".length);
});

test("a closed clipboard leaves the selection, inside the dialog that has the focus", async () => {
  write.mockRejectedValue(new Error("not allowed"));
  document.body.innerHTML = "<dialog open><button>Copy</button></dialog>";
  document.querySelector("button")?.focus();
  let selected: Element | null = null;
  execCommand.mockImplementation(() => {
    selected = document.activeElement;
    return selected?.closest("dialog") !== null;
  });
  expect(await copy(Promise.resolve("the link"))).toBe(true);
  expect(execCommand).toHaveBeenCalledWith("copy");
  expect(selected).toMatchObject({ value: "the link", selectionEnd: "the link".length });
  expect(document.querySelector("textarea"), "nothing of it stays").toBeNull();
  expect(document.activeElement).toBe(document.querySelector("button"));
});

test("where both are closed, it says so; words that do not come are an error", async () => {
  write.mockRejectedValue(new Error("not allowed"));
  execCommand.mockReturnValue(false);
  expect(await copy(Promise.resolve("the link"))).toBe(false);
  await expect(copy(Promise.reject(new Error("gone")))).rejects.toThrow("gone");
});
