// One WebSocket of a client: its query set, its identity, and the transitions that keep it current.
// The protocol is that of npm `convex` (browser/sync/protocol) and the crate `convex_sync_types`.
import type { JSONValue } from "convex/values";
import type { WebSocket } from "ws";
import { TokenRefused, type Authenticated } from "./auth.ts";
import type { Deployment, Outcome } from "./deployment.ts";

type Asked = { udfPath: string; args: JSONValue[] };
type Request = Asked & { requestId: number };
type Modification =
  ({ type: "Add"; queryId: number } & Asked) | { type: "Remove"; queryId: number };

/** The little-endian 64-bit number of a commit, in base64. */
const encodeTs = (ts: bigint) => Buffer.from(BigUint64Array.of(ts).buffer).toString("base64");

/** Serves a client until it leaves. All its queries are asked again after each commit. */
export function syncSession(socket: WebSocket, deployment: Deployment): void {
  const { faults } = deployment;
  let sessionId = "";
  let user: Authenticated | null = null;
  /** What the client has asked for, and the version that it was sent last. */
  let version = { querySet: 0, identity: 0, ts: encodeTs(0n) };
  let sent = version;
  const queries = new Map<number, Asked & { sent?: string }>();
  const removed: object[] = [];

  const isExpired = () => Date.now() >= (user?.expiresAt ?? Infinity);
  /** @throws TokenRefused where the caller's token has expired */
  const callOf = ({ udfPath: path, args }: Asked) => {
    if (isExpired()) throw new TokenRefused("Convex token identity expired.");
    return { path, args: args[0], identity: user?.identity ?? null };
  };

  const handlers = {
    Connect: (message: { sessionId: string }) => (sessionId = message.sessionId),
    async Authenticate({ tokenType, value }: { tokenType: "User" | "None"; value: string }) {
      user = tokenType === "User" ? await deployment.authenticate(value) : null;
      version = { ...version, identity: version.identity + 1 };
      update();
    },
    ModifyQuerySet(message: { newVersion: number; modifications: Modification[] }) {
      for (const { queryId, ...each } of message.modifications) {
        if (each.type === "Add") queries.set(queryId, each);
        else if (queries.delete(queryId)) removed.push({ type: "QueryRemoved", queryId });
      }
      version = { ...version, querySet: message.newVersion };
      update();
    },
    async Mutation({ requestId, ...request }: Request) {
      await faults.delay(request.udfPath);
      const call = callOf(request);
      // A client that lost its session sends a mutation again under another one.
      if (faults.strikes("duplicate", call.path)) await deployment.call("mutation", call);
      const id = `${sessionId}/${requestId}`;
      const outcome = await (deployment.mutated[id] ??= deployment.call("mutation", call));
      if (faults.strikes("drop_reply", call.path)) socket.terminate();
      const ts = "value" in outcome ? encodeTs(deployment.ts) : undefined;
      reply({ type: "MutationResponse", requestId, ts }, outcome);
    },
    Action({ requestId, ...request }: Request) {
      const acted = deployment.call("action", callOf(request));
      void acted.then((outcome) => reply({ type: "ActionResponse", requestId }, outcome));
    },
    Event: () => undefined,
  };

  const reply = (head: object, { logLines, ...outcome }: Outcome) => {
    const end =
      "value" in outcome
        ? { success: true, result: outcome.value }
        : { success: false, result: outcome.errorMessage, errorData: outcome.errorData };
    send({ ...head, ...end, logLines });
    // Clients take a mutation as done at the next transition, so there has to be one.
    update();
  };

  const transition = async () => {
    isUpdateDue = false;
    const ask = async ([queryId, query]: [number, Asked & { sent?: string }]) => {
      const outcome = await deployment.ask(callOf(query));
      const type = "value" in outcome ? "QueryUpdated" : "QueryFailed";
      return [query, { type, queryId, ...outcome, journal: null }] as const;
    };
    // All answers are of one moment: where a commit came between two of them, all are asked again.
    let answers;
    do {
      version = { ...version, ts: encodeTs(deployment.ts) };
      answers = await Promise.all([...queries].map(ask));
    } while (version.ts !== encodeTs(deployment.ts));

    const modifications = removed.splice(0);
    for (const [query, answer] of answers) {
      const text = JSON.stringify(answer);
      if (text !== query.sent) modifications.push(answer);
      query.sent = text;
    }
    send({ type: "Transition", startVersion: sent, endVersion: version, modifications });
    sent = version;
  };

  // Messages and transitions are handled one after the other.
  let work: Promise<unknown> = Promise.resolve();
  const queue = (next: () => unknown) => {
    work = deployment.outside(() => work.then(next).catch(end));
  };
  let isUpdateDue = false;
  /** One that waits already will tell of this change too. */
  const update = () => {
    if (!isUpdateDue) queue(transition);
    isUpdateDue = true;
  };

  const send = (message: object) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const end = (problem: unknown) => {
    const error = problem instanceof Error ? problem.message : String(problem);
    const baseVersion = version.identity;
    const auth = { type: "AuthError", baseVersion, authUpdateAttempted: !isExpired() };
    send({ ...(problem instanceof TokenRefused ? auth : { type: "FatalError" }), error });
    socket.close(1008, error.slice(0, 100));
  };

  const committed = () => queries.size > 0 && update();
  deployment.onCommit.add(committed);
  const ping = setInterval(() => send({ type: "Ping" }), 5000);
  socket.on("close", () => {
    clearInterval(ping);
    deployment.onCommit.delete(committed);
  });
  socket.on("error", () => socket.terminate());
  const handle = (data: Buffer) => {
    const message = JSON.parse(data.toString()) as { type: keyof typeof handlers };
    return handlers[message.type](message as never);
  };
  socket.on("message", (data: Buffer) => queue(() => handle(data)));
}
