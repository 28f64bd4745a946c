// How fast the official npm client is: node --import tsx local-cloud/tests/official-client.ts <convex> <clerk>
// Two clients of one account, which has 20 todos. It reads lines: "connect", "disconnect", or a title. For a
// title, one client renames a todo, and it prints how many milliseconds later the other's subscription
// shows that.
import { createInterface } from "node:readline";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import WebSocket from "ws";
import { NativeApp } from "./native-app.ts";

type Todos = { page: { _id: string; title: string }[] };
const TODOS = 20;
const mutation = (name: string) => makeFunctionReference<"mutation">(`todos:${name}`);
const paginated = makeFunctionReference<"query">("todos:getTodosPaginated");

const [convex = "", clerk = ""] = process.argv.slice(2);
const app = new NativeApp({ urls: { clerk } });
const session = await app.signIn("official@example.com");
const connect = () => {
  const client = new ConvexClient(convex, {
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
    unsavedChangesWarning: false,
    logger: false,
  });
  client.setAuth(() => app.convexToken(session));
  return client;
};

let shown: Todos = { page: [] };
let heard: () => void = () => undefined;
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise<void>((resolve) => (heard = resolve));
};
const both = () => {
  const [writer, reader] = [connect(), connect()];
  shown = { page: [] };
  reader.onUpdate(paginated, { limit: TODOS }, (todos: Todos) => {
    shown = todos;
    heard();
  });
  return { writer, reader };
};

let clients = both();
for (let made = 0; made < TODOS; made++) {
  await clients.writer.mutation(mutation("createTodo"), { title: `Todo number ${made}` });
}
const say = (line: string) => process.stdout.write(`${line}\n`);
const disconnect = async () => {
  await clients.writer.close();
  await clients.reader.close();
};
await disconnect();

for await (const line of createInterface(process.stdin)) {
  if (line === "connect") {
    clients = both();
    await until(() => shown.page.length === TODOS);
    say("connected");
  } else if (line === "disconnect") {
    await disconnect();
    say("disconnected");
  } else {
    const id = shown.page[0]?._id;
    const start = performance.now();
    const written = clients.writer.mutation(mutation("updateTodo"), { id, title: line });
    await until(() => shown.page.some((todo) => todo.title === line));
    const took = performance.now() - start;
    await written;
    say(String(took));
  }
}
process.exit(0);
