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
  endsAt: number;
  nonce?: string;
  sessionId?: string;
};

const SESSION_LIFETIME = 7 * 24 * 3600 * 1000;
const ATTEMPT_LIFETIME = 10 * 60 * 1000;
/** Answers may be lost or overtake each other, so the tokens before the newest still count. */
const TOKENS_ACCEPTED = 8;

export class Directory {
  readonly #state;
  readonly #attempts = new Map<string, Attempt>();

  constructor(private readonly path: string) {
    const empty = { users: [] as User[], clients: [] as Client[], sessions: [] as Session[] };
    this.#state = readJson(path, empty);
  }

  get users(): User[] {
    return this.#state.users;
  }

  user = (id: string): User | undefined => this.users.find((user) => user.id === id);

  /** One whose end has come is expired. */
  get sessions(): Session[] {
    const { sessions } = this.#state;
    const over = sessions.filter(({ expiresAt }) => expiresAt <= Date.now());
    for (const each of over) if (each.status === "active") each.status = "expired";
    return sessions;
  }

  session = (id: string): Session | undefined => this.sessions.find((each) => each.id === id);

  end(session: Session, status: Session["status"]): void {
    session.status = status;
    this.#save();
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

  /** Answers the attempt's id, for the address of its page. */
  begin(attempt: Omit<Attempt, "endsAt">): string {
    const id = newId("hosted");
    this.#attempts.set(id, { ...attempt, endsAt: Date.now() + ATTEMPT_LIFETIME });
    return id;
  }

  /** One that nobody has completed yet. */
  attempt(id: string): Attempt | undefined {
    const attempt = this.#attempts.get(id);
    const isOpen = attempt && attempt.endsAt > Date.now() && attempt.nonce === undefined;
    return isOpen ? attempt : undefined;
  }

  /** Signs somebody in, with a new account where there is none of this address. */
  complete(attempt: Attempt, email: string, first: string, last: string): void {
    const createdAt = Date.now();
    let user = this.users.find((each) => each.email === email);
    if (!user) this.users.push((user = { id: newId("user"), email, first, last, createdAt }));
    const session: Session = {
      id: newId("sess"),
      userId: user.id,
      clientId: null,
      status: "active",
      createdAt,
      expiresAt: createdAt + SESSION_LIFETIME,
    };
    this.#state.sessions.push(session);
    this.#save();
    Object.assign(attempt, { nonce: secret(), sessionId: session.id });
  }

  /** Gives the session to the device that began the attempt. Right or wrong, the nonce is used up. */
  redeem(nonce: string, verifier: string): Client | undefined {
    const [id = "", attempt] = [...this.#attempts].find(([, each]) => each.nonce === nonce) ?? [];
    this.#attempts.delete(id);
    const session = this.session(attempt?.sessionId ?? "");
    const isHolder = sha256(verifier, "base64url") === attempt?.challenge;
    if (!session || !isHolder || attempt.endsAt <= Date.now()) return undefined;
    session.clientId = attempt.clientId;
    return this.#state.clients.find((client) => client.id === attempt.clientId);
  }

  #save(): void {
    replaceFile(this.path, JSON.stringify(this.#state));
  }
}

const secret = () => randomBytes(32).toString("base64url");
const newId = (kind: string) => `${kind}_${randomBytes(14).toString("hex")}`;
const sha256 = (text: string, encoding: "hex" | "base64url" = "hex") =>
  createHash("sha256").update(text).digest(encoding);
