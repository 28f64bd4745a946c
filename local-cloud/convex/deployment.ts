// A Convex deployment on loopback: the sync WebSocket, the HTTP API, HTTP actions and crons.
import { join } from "node:path";
import { WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import { Faults } from "../faults.ts";
import { listen, type Listener } from "../http.ts";
import { Journal } from "../journal.ts";
import { Authenticator, TokenRefused, type Authenticated } from "./auth.ts";
import { Crons } from "./crons.ts";
import type { Kind } from "./functions.ts";
import { answerApi, answerSite } from "./http-api.ts";
import type { Read } from "./reads.ts";
import { Runtime, type Call, type Outcome } from "./runtime.ts";
import { SyncSession } from "./sync-session.ts";

export type DeploymentOptions = {
  /** The convex/ folder. */
  functions: string;
  dataFolder: string;
  port: number;
  sitePort: number;
  clock: Clock;
};
type Mutated = { outcome: Outcome; ts: bigint };

/** How many answered mutations are remembered, for clients that send them again. */
const REMEMBERED = 10_000;

export class Deployment {
  readonly faults = new Faults();
  readonly crons: Crons;
  readonly #authenticator: Authenticator;
  readonly #sessions = new Set<SyncSession>();
  readonly #mutated = new Map<string, Promise<Mutated>>();
  /** The last commit, in nanoseconds. */
  ts: bigint;

  private constructor(
    readonly runtime: Runtime,
    readonly clock: Clock,
  ) {
    this.ts = BigInt(clock.now()) * 1_000_000n;
    this.#authenticator = new Authenticator(runtime.functions.auth, clock);
    this.crons = new Crons(runtime, clock);
    runtime.onCommit = (path, changes) => {
      const now = BigInt(clock.now()) * 1_000_000n;
      this.ts = now > this.ts ? now : this.ts + 1n;
      for (const session of this.#sessions) session.committed(path, changes);
    };
  }

  static async start(options: DeploymentOptions) {
    const { functions, dataFolder, clock } = options;
    const journal = new Journal(join(dataFolder, "convex.jsonl"));
    const deployment = new Deployment(await Runtime.start(functions, journal, clock), clock);
    const { faults } = deployment;
    const api = await listen(
      options.port,
      faults.guard((request) => answerApi(request, deployment)),
    );
    const site = await listen(
      options.sitePort,
      faults.guard((request) => answerSite(request, deployment)),
    );
    const sockets = deployment.#acceptSockets(api);
    faults.disconnect = () => {
      for (const socket of sockets.clients) socket.terminate();
      for (const { server } of [api, site]) server.closeAllConnections();
    };
    const close = async () => {
      deployment.crons.stop();
      faults.disconnect();
      await Promise.all([api.close(), site.close()]);
      journal.close();
    };
    return { deployment, url: api.origin, siteUrl: site.origin, close };
  }

  #acceptSockets({ server }: Listener): WebSocketServer {
    const sockets = new WebSocketServer({ noServer: true });
    server.on("upgrade", (request, socket, head) => {
      const isSync = /^\/api\/([^/]+\/)?sync$/.test(request.url ?? "");
      if (!isSync || this.faults.strikes("cut", request.url ?? "")) return void socket.destroy();
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const session = new SyncSession(webSocket, this);
        this.#sessions.add(session);
        webSocket.on("close", () => this.#sessions.delete(session));
      });
    });
    return sockets;
  }

  /** @throws TokenRefused */
  async authenticate(token: string): Promise<Authenticated> {
    if (this.faults.strikes("refuse_tokens", "")) throw new TokenRefused("Tokens are refused.");
    return this.#authenticator.authenticate(token);
  }

  call(kind: Kind, call: Call, reads?: Read[]): Promise<Outcome> {
    return this.runtime.call(kind, call, reads);
  }

  /** Runs a mutation, or remembers how it ended: a client repeats what it has no answer to. */
  mutateOnce(id: string, call: Call): Promise<Mutated> {
    const known = this.#mutated.get(id);
    if (known) return known;
    const running = this.call("mutation", call).then((outcome) => ({ outcome, ts: this.ts }));
    this.#mutated.set(id, running);
    const [oldest] = this.#mutated.keys();
    if (this.#mutated.size > REMEMBERED && oldest !== undefined) this.#mutated.delete(oldest);
    return running;
  }

  /** A client must never have seen a later commit than the last one. */
  advanceTo(ts: bigint): void {
    if (ts > this.ts) this.ts = ts;
  }
}
