// One WebSocket of a client: its query set, its identity, and the transitions that keep it current.
import type { UserIdentity } from "convex/server";
import type { JSONValue } from "convex/values";
import type { WebSocket } from "ws";
import type { Change } from "./database.ts";
import type { Deployment } from "./deployment.ts";
import { TokenRefused } from "./auth.ts";
import { decodeTs, encodeTs, type ClientMessage, type Request, type Version } from "./protocol.ts";
import { affects, type Read } from "./reads.ts";
import type { Outcome } from "./runtime.ts";

type LiveQuery = { path: string; args: JSONValue; reads: Read[]; stale: boolean; sent: string };

const PING_EVERY = 5000;

export class SyncSession {
  #id = "";
  #identity: UserIdentity | null = null;
  #expiresAt = Infinity;
  #version = { querySet: 0, identity: 0 };
  #sent: Version = { querySet: 0, identity: 0, ts: encodeTs(0n) };
  readonly #queries = new Map<number, LiveQuery>();
  #removed: number[] = [];
  /** Messages are handled one after the other, and so are transitions. */
  #inbox: Promise<void> = Promise.resolve();
  #outbox: Promise<void> = Promise.resolve();
  #transitionsWaiting = 0;
  readonly #ping: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    private readonly deployment: Deployment,
  ) {
    this.#ping = setInterval(() => this.#send({ type: "Ping" }), PING_EVERY);
    socket.on("message", (data: Buffer) => {
      this.#inbox = this.#inbox
        .then(() => this.#handle(JSON.parse(data.toString()) as ClientMessage))
        .catch((error: unknown) => this.#end(error));
    });
    socket.on("close", () => clearInterval(this.#ping));
    socket.on("error", () => socket.terminate());
  }

  /** Called after each commit: queries that may be affected are answered anew. */
  committed(path: string, changes: Change[]): void {
    let affected = false;
    for (const query of this.#queries.values()) {
      if (!query.stale && affects(path, changes, query.reads)) affected = query.stale = true;
    }
    if (affected) this.#transition();
  }

  async #handle(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case "Connect":
        this.#id = message.sessionId;
        return this.deployment.advanceTo(decodeTs(message.maxObservedTimestamp ?? encodeTs(0n)));
      case "Authenticate": {
        expectVersion("identity", message.baseVersion, this.#version.identity);
        const token = message.tokenType === "User" ? message.value : null;
        const user = token === null ? null : await this.deployment.authenticate(token);
        this.#identity = user?.identity ?? null;
        this.#expiresAt = user?.expiresAt ?? Infinity;
        this.#version.identity += 1;
        for (const query of this.#queries.values()) query.stale = true;
        return this.#transition();
      }
      case "ModifyQuerySet":
        expectVersion("query set", message.baseVersion, this.#version.querySet);
        for (const each of message.modifications) {
          if (each.type === "Add") {
            const { udfPath: path, args } = each;
            const query = { path, args: args[0] ?? {}, reads: [], stale: true, sent: "" };
            this.#queries.set(each.queryId, query);
          } else if (this.#queries.delete(each.queryId)) {
            this.#removed.push(each.queryId);
          }
        }
        this.#version.querySet = message.newVersion;
        return this.#transition();
      case "Mutation":
        return this.#mutate(message);
      case "Action":
        void this.#act(message).catch((error: unknown) => this.#end(error));
        return;
    }
  }

  async #mutate(request: Request): Promise<void> {
    const { faults } = this.deployment;
    this.#checkExpiry();
    await faults.delay(request.udfPath);
    const call = this.#callOf(request);
    // A client that lost its session sends a mutation again under another one.
    if (faults.strikes("duplicate", request.udfPath)) await this.deployment.call("mutation", call);
    const once = `${this.#id}/${request.requestId}`;
    const { outcome, ts } = await this.deployment.mutateOnce(once, call);
    if (faults.strikes("drop_reply", request.udfPath)) return this.socket.terminate();
    const { requestId } = request;
    const stamp = outcome.ok ? { ts: encodeTs(ts) } : {};
    this.#send({ type: "MutationResponse", requestId, ...stamp, ...reply(outcome) });
    // Clients take a mutation as done at the next transition, so there has to be one.
    this.#transition();
  }

  async #act(request: Request): Promise<void> {
    this.#checkExpiry();
    const outcome = await this.deployment.call("action", this.#callOf(request));
    this.#send({ type: "ActionResponse", requestId: request.requestId, ...reply(outcome) });
    this.#transition();
  }

  #callOf({ udfPath, args }: Request) {
    return { path: udfPath, args: args[0] ?? {}, identity: this.#identity };
  }

  /** One that waits already will tell of this change too. */
  #transition(): void {
    if (this.#transitionsWaiting > 0) return;
    this.#transitionsWaiting += 1;
    this.#outbox = this.#outbox
      .then(() => this.#sendTransition())
      .catch((error: unknown) => this.#end(error));
  }

  async #sendTransition(): Promise<void> {
    this.#transitionsWaiting -= 1;
    this.#checkExpiry();
    const end = { ...this.#version, ts: "" };
    const removed = this.#removed.splice(0);
    const answers = new Map<number, object>();
    // All answers are of one moment: whatever a commit changed meanwhile is asked again.
    do {
      end.ts = encodeTs(this.deployment.ts);
      for (const [queryId, query] of this.#queries) {
        if (!query.stale) continue;
        query.stale = false;
        query.reads = [];
        const call = { path: query.path, args: query.args, identity: this.#identity };
        answers.set(queryId, answer(await this.deployment.call("query", call, query.reads)));
      }
    } while ([...this.#queries.values()].some(({ stale }) => stale));

    const modifications: object[] = removed.map((queryId) => ({ type: "QueryRemoved", queryId }));
    for (const [queryId, modification] of answers) {
      const query = this.#queries.get(queryId);
      const text = JSON.stringify(modification);
      if (!query || text === query.sent) continue;
      query.sent = text;
      modifications.push({ ...modification, queryId, journal: null });
    }
    this.#send({ type: "Transition", startVersion: this.#sent, endVersion: end, modifications });
    this.#sent = end;
  }

  #checkExpiry(): void {
    if (this.deployment.clock.now() < this.#expiresAt) return;
    throw new TokenRefused("Convex token identity expired.");
  }

  #send(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }

  #end(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const authUpdateAttempted = this.#expiresAt > this.deployment.clock.now();
    const auth = { type: "AuthError", baseVersion: this.#version.identity, authUpdateAttempted };
    const isAuth = error instanceof TokenRefused;
    this.#send({ ...(isAuth ? auth : { type: "FatalError" }), error: text });
    this.socket.close(1008, text.slice(0, 100));
  }
}

function expectVersion(what: string, base: number, current: number): void {
  if (base !== current) throw new Error(`The ${what} is at version ${current}, not ${base}.`);
}

function answer(outcome: Outcome): object {
  const { logLines } = outcome;
  if (outcome.ok) return { type: "QueryUpdated", value: outcome.value, logLines };
  // Without its request id, an error that stays the same is not sent again.
  const errorMessage = outcome.message.replace(/^\[Request ID: \w+\] /, "");
  return { type: "QueryFailed", errorMessage, errorData: outcome.data, logLines };
}

function reply(outcome: Outcome): object {
  const { logLines } = outcome;
  if (outcome.ok) return { success: true, result: outcome.value, logLines };
  return { success: false, result: outcome.message, errorData: outcome.data, logLines };
}
