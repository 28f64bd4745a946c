// Users, clients (devices) and sessions, as Clerk keeps them; written to one file at each change.
import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import { readJson, replaceFile } from "../journal.ts";

export type User = { id: string; email: string; first: string; last: string; createdAt: number };
export type Session = {
  id: string;
  userId: string;
  /** None until the device has redeemed the nonce. */
  clientId: string | null;
  status: "active" | "removed" | "revoked" | "expired";
  createdAt: number;
  expiresAt: number;
};
export type Client = { id: string; tokens: string[]; createdAt: number };
/** A hosted sign-in: from the device's request to the redeeming of its nonce. */
export type Attempt = {
  id: string;
  clientId: string;
  mode: string;
  redirectUrl: string;
  state: string;
  challenge: string;
  createdAt: number;
  nonce?: string;
  sessionId?: string;
};
type State = { users: User[]; clients: Client[]; sessions: Session[] };

const SESSION_LIFETIME = 7 * 24 * 3600 * 1000;
const ATTEMPT_LIFETIME = 10 * 60 * 1000;
/** Answers may be lost or overtake each other, so the tokens before the newest still count. */
const TOKENS_ACCEPTED = 8;

export class Directory {
  readonly #state: State;
  readonly #attempts = new Map<string, Attempt>();

  constructor(
    private readonly path: string,
    private readonly clock: Clock,
  ) {
    this.#state = readJson<State>(path, { users: [], clients: [], sessions: [] });
  }

  clientOf(token: string): Client | undefined {
    return this.#state.clients.find(({ tokens }) => tokens.includes(hash(token)));
  }

  client(id: string): Client | undefined {
    return this.#state.clients.find((client) => client.id === id);
  }

  addClient(): Client {
    const client = { id: newId("client"), tokens: [], createdAt: this.clock.now() };
    this.#state.clients.push(client);
    return client;
  }

  /** A new token for a client; the file holds its hash alone. */
  rotate(client: Client): string {
    const token = secret();
    client.tokens = [hash(token), ...client.tokens].slice(0, TOKENS_ACCEPTED);
    this.#save();
    return token;
  }

  users = (): User[] => this.#state.users;
  user = (id: string): User | undefined => this.#state.users.find((user) => user.id === id);

  /** Sessions in time; one whose end has come is expired. */
  sessions(): Session[] {
    for (const session of this.#state.sessions) {
      const isOver = session.expiresAt <= this.clock.now();
      if (session.status === "active" && isOver) session.status = "expired";
    }
    return this.#state.sessions;
  }

  session = (id: string): Session | undefined => this.sessions().find((each) => each.id === id);

  end(session: Session, status: Session["status"]): void {
    session.status = status;
    this.#save();
  }

  begin(attempt: Omit<Attempt, "id" | "createdAt">): Attempt {
    const begun = { ...attempt, id: newId("hosted"), createdAt: this.clock.now() };
    this.#attempts.set(begun.id, begun);
    return begun;
  }

  attempt(id: string): Attempt | undefined {
    const attempt = this.#attempts.get(id);
    return attempt && this.#isFresh(attempt) ? attempt : undefined;
  }

  /** Signs somebody in, with a new account where there is none of this address. */
  complete(attempt: Attempt, email: string, first: string, last: string): Attempt {
    const now = this.clock.now();
    let user = this.#state.users.find((each) => each.email === email);
    if (!user) {
      user = { id: newId("user"), email, first, last, createdAt: now };
      this.#state.users.push(user);
    }
    const session: Session = {
      id: newId("sess"),
      userId: user.id,
      clientId: null,
      status: "active",
      createdAt: now,
      expiresAt: now + SESSION_LIFETIME,
    };
    this.#state.sessions.push(session);
    this.#save();
    return Object.assign(attempt, { nonce: secret(), sessionId: session.id });
  }

  /** Gives the session to the device that began the attempt. Right or wrong, the nonce is used up. */
  redeem(nonce: string, verifier: string): Client | undefined {
    const attempt = [...this.#attempts.values()].find((each) => each.nonce === nonce);
    if (!attempt) return undefined;
    this.#attempts.delete(attempt.id);
    const isHolder =
      createHash("sha256").update(verifier).digest("base64url") === attempt.challenge;
    const session = this.session(attempt.sessionId ?? "");
    if (!isHolder || !session || !this.#isFresh(attempt)) return undefined;
    session.clientId = attempt.clientId;
    return this.client(attempt.clientId);
  }

  #isFresh = ({ createdAt }: Attempt) => this.clock.now() - createdAt < ATTEMPT_LIFETIME;

  #save(): void {
    replaceFile(this.path, JSON.stringify(this.#state));
  }
}

const secret = () => randomBytes(32).toString("base64url");
const newId = (kind: string) => `${kind}_${randomBytes(14).toString("hex")}`;
const hash = (token: string) => createHash("sha256").update(token).digest("hex");
