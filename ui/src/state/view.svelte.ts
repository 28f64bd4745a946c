// What the user last chose to look at, kept between windows. It is a convenience: losing it is fine.
import type { Sort } from "../bindings/Sort";

const KEY = "clove.view";

export class View {
  sort = $state<Sort>("newest");
  /** The completed ones are out of sight until somebody wants to see them. */
  folded = $state(true);

  constructor() {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
      const { sort, folded } = kept as Record<string, unknown>;
      if (sort === "oldest") this.sort = "oldest";
      this.folded = folded !== false;
    } catch {
      // A damaged or forbidden storage means the defaults.
    }
  }

  unfold(): void {
    this.folded = false;
    this.keep();
  }

  keep(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify({ sort: this.sort, folded: this.folded }));
    } catch {
      // As above.
    }
  }
}

export const view = new View();
