// Plays motions on the lines of the page. Each begins at once and adds to those that are still under
// way, so that no line jumps when the list changes again meanwhile.
import type { Motions } from "../motion";

/** The lines of `list` are found by their ids, as TodoList gives them. */
export function play(list: HTMLElement, { slides, arrivals }: Motions, waits: boolean): void {
  const delay = waits ? span("--pause") : 0;
  const timing: KeyframeAnimationOptions = {
    duration: span("--calm"),
    delay,
    easing: style("--ease"),
    fill: "backwards",
    composite: "add",
  };
  const line = (key: string) =>
    list.querySelector(`#line-${CSS.escape(key)}, #todo-${CSS.escape(key)}`);
  for (const { key, by } of slides)
    line(key)?.animate({ transform: [`translateY(${by}px)`, "translateY(0)"] }, timing);
  for (const key of arrivals)
    line(key)?.animate({ opacity: [0, 1] }, { ...timing, composite: "replace" });
}

/** Fades a row out that is gone, and resolves when it is no longer seen. */
export async function fade(element: HTMLElement, waits: boolean): Promise<void> {
  const timing = { duration: span("--quick"), delay: waits ? span("--pause") : 0 };
  await element.animate({ opacity: [1, 0] }, { ...timing, fill: "both" }).finished;
}

/** Whether anything moves: where less motion is wished for, the spans are next to nothing. */
export const moves = () => span("--calm") > 1;

/** A span of tokens.css, in milliseconds. */
function span(name: string): number {
  const written = style(name);
  const number = parseFloat(written) || 0;
  return written.endsWith("ms") ? number : number * 1_000;
}

const style = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
