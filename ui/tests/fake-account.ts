// The account's half of the shell as the tests have it: nothing happens in it that a test has not asked for.
import type { AccountStatus } from "../src/bindings/AccountStatus";
import type { AccountView } from "../src/bindings/AccountView";
import type { ConnectionCheck } from "../src/bindings/ConnectionCheck";
import type { Finding } from "../src/bindings/Finding";
import type { Profile } from "../src/bindings/Profile";
import type { SignedOut } from "../src/bindings/SignedOut";
import type { SignInMode } from "../src/bindings/SignInMode";
import { answer, fake } from "./fake-ipc";

export const ada: Profile = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  role: "user",
  joined: Date.UTC(2025, 2, 3, 12),
  hasPicture: false,
};

export const cloud = {
  view: signedOut(),
  unsynced: 0,
  picture: null as string | null,
  exportedTo: null as string | null,
  check: { publishableKey: null, convexUrl: null } as ConnectionCheck,
  findings: [] as Finding[],

  reset(): void {
    cloud.view = signedOut();
    cloud.unsynced = 0;
    cloud.picture = null;
    cloud.exportedTo = null;
    cloud.check = { publishableKey: null, convexUrl: null };
    cloud.findings = [];
  },

  /** Changes the account as the shell does, which then says that something changed. */
  become(status: AccountStatus, more: Partial<AccountView> = {}): void {
    cloud.view = { ...cloud.view, problem: null, ...more, status };
    fake.emit("account-changed");
  },
};

export const signedIn = (more: Partial<Profile> = {}): AccountStatus => ({
  state: "signedIn",
  profile: { ...ada, ...more },
  persistence: { state: "keyring" },
});

function signedOut(): AccountView {
  return {
    status: { state: "signedOut" },
    problem: null,
    todosToMove: null,
    connection: {
      publishableKey: "pk_test_built-in",
      convexUrl: "https://built-in.convex.cloud",
      own: false,
      usable: true,
    },
  };
}

/** What a command changed, the shell says in its event too, and before the command's answer. */
function changed(view: Partial<AccountView>): AccountView {
  cloud.view = { ...cloud.view, problem: null, ...view };
  fake.emit("account-changed");
  return sent();
}

/** Whatever crosses to the window is a copy. */
const sent = () => structuredClone(cloud.view);

export const account = () => answer("account", [], sent);
export const signIn = (mode: SignInMode) =>
  answer("signIn", [mode], () =>
    changed({ status: { state: "signingIn", mode, stage: "inBrowser" } }),
  );
export const signInAgain = () => answer("signInAgain", [], () => null);
export const signInLink = () =>
  answer("signInLink", [], () => "https://accounts.example.com/sign-in");
export const cancelSignIn = () =>
  answer("cancelSignIn", [], () => changed({ status: { state: "signedOut" } }));
export const retryKeyring = () => answer("retryKeyring", [], sent);
export const renameProfile = (name: string) =>
  answer("renameProfile", [name], () => changed({ status: signedIn({ name }) }));
export const profilePicture = () => answer("profilePicture", [], () => cloud.picture);
export const manageAccount = () => answer("manageAccount", [], () => null);
export const moveTodos = (move: boolean) =>
  answer("moveTodos", [move], () => changed({ todosToMove: null }));
export const unsyncedCount = () => answer("unsyncedCount", [], () => cloud.unsynced);
export const signOut = (choice: string) =>
  answer("signOut", [choice], (): SignedOut => {
    changed({ status: { state: "signedOut" }, todosToMove: null });
    return { exportedTo: choice === "export" ? cloud.exportedTo : null };
  });
export const checkConnection = (publishableKey: string, convexUrl: string) =>
  answer("checkConnection", [publishableKey, convexUrl], () => cloud.check);
export const setConnection = (publishableKey: string, convexUrl: string) =>
  answer("setConnection", [publishableKey, convexUrl], () => {
    const own = publishableKey !== "" || convexUrl !== "";
    const connection = own
      ? { publishableKey, convexUrl, own, usable: true }
      : signedOut().connection;
    return changed({ connection });
  });
export const doctor = () => answer("doctor", [], () => cloud.findings);
export const diagnostics = () => answer("diagnostics", [], () => "Clove 0.1.0, all of it");
