// The two text fields that shortcuts and menu items lead to. Each registers itself when it is there.
export const fields: { add: HTMLInputElement | null; search: HTMLInputElement | null } = {
  add: null,
  search: null,
};
