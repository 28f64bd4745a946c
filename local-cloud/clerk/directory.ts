// Users, clients (devices) and sessions, as Clerk keeps them; written to one file at each change.
import { createHash, randomBytes } from "node:crypto";
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
/** The hashes of its newest tokens. */
export type Client = { id: string; tokens: string[]; createdAt: number };
/** A hosted sign-in: from the device's request to the redeeming of its nonce. */
export type Attempt = {
  clientId: string;
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

  constructor(private readonly path: string) {
    this.#state = readJson<State>(path, { users: [], clients: [], sessions: [] });
  }

  clientOf(token: string): Client | undefined {
    return this.#state.clients.find(({ tokens }) => tokens.includes(sha256(token)));
  }

  addClient(): Client {
    const client = { id: newId("client"), tokens: [], createdAt: Date.now() };
    this.#state.clients.push(client);
    return client;
  }

  /** A new token for a client; the file holds its hash alone. */
  rotate(client: Client): string {
    const token = secret();
    client.tokens = [sha256(token), ...client.tokens].slice(0, TOKENS_ACCEPTED);
    this.#save();
    return token;
  }

  get users(): User[] {
    return this.#state.users;
  }

  user = (id: string): User | undefined => this.users.find((user) => user.id === id);

  /** One whose end has come is expired. */
  get sessions(): Session[] {
    for (const session of this.#state.sessions) {
      const isOver = session.expiresAt <= Date.now();
      if (session.status === "active" && isOver) session.status = "expired";
    }
    return this.#state.sessions;
  }

  session = (id: string): Session | undefined => this.sessions.find((each) => each.id === id);

  end(session: Session, status: Session["status"]): void {
    session.status = status;
    this.#save();
  }

  /** Answers the attempt's id, for the address of its page. */
  begin(attempt: Omit<Attempt, "createdAt">): string {
    const id = newId("hosted");
    this.#attempts.set(id, { ...attempt, createdAt: Date.now() });
    return id;
  }

  /** One that nobody has completed yet. */
  attempt(id: string): Attempt | undefined {
    const attempt = this.#attempts.get(id);
    return attempt && isFresh(attempt) && attempt.nonce === undefined ? attempt : undefined;
  }

  /** Signs somebody in, with a new account where there is none of this address. */
  complete(attempt: Attempt, email: string, first: string, last: string): void {
    const createdAt = Date.now();
    let user = this.users.find((each) => each.email === email);
    if (!user) this.users.push((user = { id: newId("user"), email, first, last, createdAt }));
    const expiresAt = createdAt + SESSION_LIFETIME;
    const session = { id: newId("sess"), userId: user.id, clientId: null, createdAt, expiresAt };
    this.#state.sessions.push({ ...session, status: "active" });
    this.#save();
    Object.assign(attempt, { nonce: secret(), sessionId: session.id });
  }

  /** Gives the session to the device that began the attempt. Right or wrong, the nonce is used up. */
  redeem(nonce: string, verifier: string): Client | undefined {
    const [id, attempt] = [...this.#attempts].find(([, each]) => each.nonce === nonce) ?? [];
    if (id === undefined || !attempt) return undefined;
    this.#attempts.delete(id);
    const isHolder = sha256(verifier, "base64url") === attempt.challenge;
    const session = this.session(attempt.sessionId ?? "");
    if (!isHolder || !session || !isFresh(attempt)) return undefined;
    session.clientId = attempt.clientId;
    return this.#state.clients.find((client) => client.id === attempt.clientId);
  }

  #save(): void {
    replaceFile(this.path, JSON.stringify(this.#state));
  }
}

const isFresh = ({ createdAt }: Attempt) => Date.now() - createdAt < ATTEMPT_LIFETIME;
const secret = () => randomBytes(32).toString("base64url");
const newId = (kind: string) => `${kind}_${randomBytes(14).toString("hex")}`;
const sha256 = (text: string, encoding: "hex" | "base64url" = "hex") =>
  createHash("sha256").update(text).digest(encoding);
