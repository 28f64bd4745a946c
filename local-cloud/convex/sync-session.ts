// One WebSocket of a client: its query set, its identity, and the transitions that keep it current.
// The protocol is that of npm `convex` (browser/sync/protocol) and the crate `convex_sync_types`.
import { AsyncLocalStorage } from "node:async_hooks";
import type { JSONValue } from "convex/values";
import type { WebSocket } from "ws";
import { TokenRefused, type Authenticated } from "./auth.ts";
import type { Change, Read } from "./database.ts";
import type { Deployment, Outcome } from "./deployment.ts";

type Request = { requestId: number; udfPath: string; args: JSONValue[] };
type Modification =
  | { type: "Add"; queryId: number; udfPath: string; args: JSONValue[] }
  | { type: "Remove"; queryId: number };
type Message =
  | { type: "Connect"; sessionId: string; maxObservedTimestamp?: string }
  | { type: "Authenticate"; tokenType: "User"; value: string }
  | { type: "Authenticate"; tokenType: "None" | "Admin" }
  | { type: "ModifyQuerySet"; newVersion: number; modifications: Modification[] }
  | ({ type: "Mutation" | "Action" } & Request)
  | { type: "Event" };
type LiveQuery = {
  path: string;
  args: JSONValue | undefined;
  reads: Read[];
  isStale: boolean;
  sent: string;
};

const PING_EVERY = 5000;

export class SyncSession {
  #id = "";
  #user: Authenticated | null = null;
  #version = { querySet: 0, identity: 0 };
  /** The version that the client is at. */
  #sent = { querySet: 0, identity: 0, ts: encodeTs(0n) };
  readonly #queries = new Map<number, LiveQuery>();
  #modifications: object[] = [];
  #work: Promise<void> = Promise.resolve();
  #isTransitionDue = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly deployment: Deployment,
  ) {
    const ping = setInterval(() => this.#send({ type: "Ping" }), PING_EVERY);
    // Told of a commit within the function that commits: what follows must run outside of it.
    const committed = AsyncLocalStorage.bind((changes: Change[]) => this.#committed(changes));
    deployment.onCommit.add(committed);
    socket.on("close", () => {
      clearInterval(ping);
      deployment.onCommit.delete(committed);
    });
    socket.on("error", () => socket.terminate());
    const heard = (data: Buffer) =>
      this.#queue(() => this.#handle(JSON.parse(data.toString()) as Message));
    socket.on("message", AsyncLocalStorage.bind(heard));
  }

  #committed(changes: Change[]): void {
    for (const query of this.#queries.values()) {
      query.isStale ||= changes.some((change) => query.reads.some((touches) => touches(change)));
      if (query.isStale) this.#transition();
    }
  }

  /** Messages and transitions are handled one after the other. */
  #queue(work: () => Promise<void> | void): void {
    this.#work = this.#work.then(work).catch((error: unknown) => this.#end(error));
  }

  async #handle(message: Message): Promise<void> {
    const { deployment } = this;
    if (message.type === "Connect") {
      this.#id = message.sessionId;
      const seen = decodeTs(message.maxObservedTimestamp ?? encodeTs(0n));
      if (seen > deployment.ts) deployment.ts = seen;
    } else if (message.type === "Authenticate") {
      const token = message.tokenType === "User" ? message.value : null;
      this.#user = token === null ? null : await deployment.authenticate(token);
      this.#version.identity += 1;
      for (const query of this.#queries.values()) query.isStale = true;
      this.#transition();
    } else if (message.type === "ModifyQuerySet") {
      for (const each of message.modifications) {
        const { queryId } = each;
        if (each.type === "Add") {
          const { udfPath: path, args } = each;
          this.#queries.set(queryId, { path, args: args[0], reads: [], isStale: true, sent: "" });
        } else if (this.#queries.delete(queryId)) {
          this.#modifications.push({ type: "QueryRemoved", queryId });
        }
      }
      this.#version.querySet = message.newVersion;
      this.#transition();
    } else if (message.type === "Mutation") {
      await this.#mutate(message);
    } else if (message.type === "Action") {
      const call = this.#call(message.udfPath, message.args[0]);
      const acted = deployment.call("action", call);
      const head = { type: "ActionResponse", requestId: message.requestId };
      void acted.then((outcome) => this.#reply(head, outcome));
    }
  }

  async #mutate({ requestId, udfPath, args }: Request): Promise<void> {
    const { deployment } = this;
    const { faults } = deployment;
    await faults.delay(udfPath);
    const call = this.#call(udfPath, args[0]);
    // A client that lost its session sends a mutation again under another one.
    if (faults.strikes("duplicate", udfPath)) await deployment.call("mutation", call);
    const { outcome, ts } = await deployment.mutateOnce(`${this.#id}/${requestId}`, call);
    if (faults.strikes("drop_reply", udfPath)) this.socket.terminate();
    const stamp = "value" in outcome ? { ts: encodeTs(ts) } : {};
    this.#reply({ type: "MutationResponse", requestId, ...stamp }, outcome);
  }

  #reply(head: object, { logLines, ...outcome }: Outcome): void {
    const end =
      "value" in outcome
        ? { success: true, result: outcome.value }
        : { success: false, result: outcome.errorMessage, errorData: outcome.errorData };
    this.#send({ ...head, ...end, logLines });
    // Clients take a mutation as done at the next transition, so there has to be one.
    this.#transition();
  }

  /** @throws TokenRefused where the caller's token has expired */
  #call(path: string, args: JSONValue | undefined) {
    if (this.#isExpired()) throw new TokenRefused("Convex token identity expired.");
    return { path, args, identity: this.#user?.identity ?? null };
  }

  #isExpired = () => Date.now() >= (this.#user?.expiresAt ?? Infinity);

  /** One that waits already will tell of this change too. */
  #transition(): void {
    if (this.#isTransitionDue) return;
    this.#isTransitionDue = true;
    this.#queue(() => this.#sendTransition());
  }

  async #sendTransition(): Promise<void> {
    this.#isTransitionDue = false;
    const startVersion = this.#sent;
    const answers = new Map<LiveQuery, object>();
    const isStale = ([, query]: [number, LiveQuery]) => query.isStale;
    // All answers are of one moment: whatever a commit changed meanwhile is asked again.
    do {
      this.#sent = { ...this.#version, ts: encodeTs(this.deployment.ts) };
      for (const [queryId, query] of [...this.#queries].filter(isStale)) {
        Object.assign(query, { isStale: false, reads: [] });
        const call = this.#call(query.path, query.args);
        const outcome = await this.deployment.call("query", call, query.reads);
        const type = "value" in outcome ? "QueryUpdated" : "QueryFailed";
        answers.set(query, { type, queryId, ...outcome, journal: null });
      }
    } while ([...this.#queries].some(isStale));

    const modifications = this.#modifications.splice(0);
    for (const [query, answer] of answers) {
      const text = JSON.stringify(answer);
      if (text !== query.sent) modifications.push(answer);
      query.sent = text;
    }
    this.#send({ type: "Transition", startVersion, endVersion: this.#sent, modifications });
  }

  #send(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }

  #end(problem: unknown): void {
    const error = problem instanceof Error ? problem.message : String(problem);
    const baseVersion = this.#version.identity;
    const auth = { type: "AuthError", baseVersion, authUpdateAttempted: !this.#isExpired() };
    this.#send({ ...(problem instanceof TokenRefused ? auth : { type: "FatalError" }), error });
    this.socket.close(1008, error.slice(0, 100));
  }
}

/** The little-endian 64-bit number of a commit, in base64. */
export function encodeTs(ts: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ts);
  return bytes.toString("base64");
}

const decodeTs = (ts: string): bigint => Buffer.from(ts, "base64").readBigUInt64LE();
