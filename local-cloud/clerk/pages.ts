// The hosted pages: plain HTML that works without JavaScript, by keyboard and with a screen reader.
import type { User } from "./directory.ts";

export type FormView = {
  mode: "sign-in" | "sign-up";
  attempt: string;
  email?: string;
  first?: string;
  last?: string;
  error?: string;
};

export function formPage(view: FormView): string {
  const { mode, attempt, email = "", first = "", last = "", error } = view;
  const signUp = mode === "sign-up";
  const title = signUp ? "Create your account" : "Sign in to Clove";
  const other = signUp ? "sign-in" : "sign-up";
  const query = `?attempt=${escaped(attempt)}`;
  const invalid = error === undefined ? "" : ` aria-invalid="true" aria-describedby="email-error"`;
  return page(
    error === undefined ? title : `Error: ${title}`,
    `<h1>${title}</h1>
    <p class="hint">to continue to Clove on this device</p>
    <form method="post" action="/hosted/${mode}${query}" novalidate>
      <label for="email">Email address</label>
      <input id="email" name="email" type="email" autocomplete="email" required autofocus
        maxlength="254" value="${escaped(email)}"${invalid}>
      ${error === undefined ? "" : `<p id="email-error" class="error" role="alert">${escaped(error)}</p>`}
      ${signUp ? nameFields(first, last) : ""}
      <button type="submit">${signUp ? "Create account" : "Continue"}</button>
    </form>
    <p class="other">${signUp ? "Have an account?" : "No account yet?"}
      <a href="/hosted/${other}${query}">${signUp ? "Sign in" : "Sign up"}</a></p>`,
  );
}

export function messagePage(title: string, text: string): string {
  return page(title, `<h1>${escaped(title)}</h1><p class="hint">${escaped(text)}</p>`);
}

/** Clerk's account portal, in which its people would edit their profile. */
export function userPage(users: User[]): string {
  const rows = users.map(
    ({ id, email, first, last }) => `<li><img src="/hosted/pictures/${id}" alt="">
      <span><b>${escaped(`${first} ${last}`.trim())}</b><br>${escaped(email)}</span></li>`,
  );
  const list =
    rows.length > 0 ? `<ul role="list">${rows.join("")}</ul>` : `<p>Nobody has an account yet.</p>`;
  return page(
    "Accounts on this stand-in",
    `<h1>Accounts on this stand-in</h1>
    <p class="hint">Everybody who has signed in on this computer. Nothing can be edited here.</p>
    ${list}`,
  );
}

/** Initials on a plain ground, until somebody has a photograph. */
export function picture({ first, last }: User): string {
  const initials = [first, last].map((name) => [...name][0] ?? "").join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">
  <rect width="96" height="96" fill="#5a6a2b"/>
  <text x="48" y="48" dy=".35em" fill="#fff" font-family="system-ui, sans-serif" font-size="40"
    text-anchor="middle">${escaped(initials.toUpperCase())}</text>
</svg>
`;
}

const nameFields = (first: string, last: string) =>
  `<label for="first_name">First name <span>(optional)</span></label>
      <input id="first_name" name="first_name" autocomplete="given-name" maxlength="100"
        value="${escaped(first)}">
      <label for="last_name">Last name <span>(optional)</span></label>
      <input id="last_name" name="last_name" autocomplete="family-name" maxlength="100"
        value="${escaped(last)}">`;

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escaped(title)}</title>
  <style>${STYLE}</style>
</head>
<body>
  <main>
    ${content}
  </main>
  <footer><p><strong>This is a stand-in for Clerk,</strong> for development and tests on this
    computer. It asks for no password, checks nothing and sends nothing: any email address will do.
  </p></footer>
</body>
</html>
`;

const STYLE = `
  :root { color-scheme: light dark; --page: #f4f5f4; --card: #fff; --text: #1c211e; --soft: #525a55;
    --line: #7b847e; --accent: #1f6b45; --on-accent: #fff; --error: #a3231b; --note: #fdf3d7; }
  @media (prefers-color-scheme: dark) { :root { --page: #151816; --card: #1f2421; --text: #eef1ef;
    --soft: #b3bcb6; --line: #828c86; --accent: #7fd3a5; --on-accent: #10231a; --error: #ffb4ab;
    --note: #3a3320; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 1rem; padding: 1rem;
    background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
  main, footer { width: min(26rem, 100vw - 2rem); border-radius: .75rem; padding: 2rem; }
  main { background: var(--card); box-shadow: 0 1px 3px #0003; }
  footer { background: var(--note); padding: .75rem 1rem; font-size: .875rem; }
  footer p { margin: 0; }
  h1 { margin: 0; font-size: 1.375rem; line-height: 1.3; }
  .hint, label span { color: var(--soft); font-weight: 400; }
  .hint { margin: .25rem 0 0; }
  label { display: block; margin: 1.25rem 0 .375rem; font-weight: 600; }
  input, button { width: 100%; min-height: 2.75rem; border-radius: .5rem; font: inherit; }
  input { padding: 0 .75rem; border: 1px solid var(--line); background: var(--card); color: inherit; }
  input[aria-invalid] { border: 2px solid var(--error); }
  button { margin-top: 1.5rem; border: 0; background: var(--accent); color: var(--on-accent);
    font-weight: 600; cursor: pointer; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  [aria-invalid]:focus-visible { outline-color: var(--error); }
  .error { margin: .375rem 0 0; color: var(--error); font-weight: 600; }
  .other { margin: 1.25rem 0 0; text-align: center; color: var(--soft); }
  a { color: var(--accent); }
  ul { margin: 1.5rem 0 0; padding: 0; list-style: none; display: grid; gap: 1rem; }
  li { display: flex; gap: .75rem; align-items: center; }
  li img { width: 2.75rem; height: 2.75rem; border-radius: 50%; flex: none; }
  li span { min-width: 0; overflow-wrap: anywhere; line-height: 1.35; }
  @media (max-width: 24rem) { main { padding: 1.25rem; } }
`;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
