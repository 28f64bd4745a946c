// Web requests and responses over Node's HTTP server, on loopback alone.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Handler = (request: Request) => Promise<Response> | Response;
export type Listener = { server: Server; port: number; origin: string; close: () => Promise<void> };

/** Thrown by a handler: the connection ends without an answer. */
export class ConnectionDropped extends Error {}

const HOST = "127.0.0.1";
const LARGEST_BODY = 32 * 1024 * 1024;

/** Port 0 takes a free one. */
export async function listen(port: number, handler: Handler): Promise<Listener> {
  const server = createServer((message, reply) => void answer(message, reply, handler));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, port: taken, origin: `http://${HOST}:${taken}`, close };
}

/** Fields of a JSON or form-encoded body, as far as they are texts. */
export async function formOf(request: Request): Promise<Record<string, string>> {
  const text = await request.text();
  if (request.headers.get("content-type")?.includes("json")) {
    return JSON.parse(text || "{}") as Record<string, string>;
  }
  return Object.fromEntries(new URLSearchParams(text));
}

async function answer(message: IncomingMessage, reply: ServerResponse, handler: Handler) {
  try {
    const response = await handler(await requestOf(message));
    const headers = Object.fromEntries(response.headers);
    reply.writeHead(response.status, headers).end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    if (error instanceof ConnectionDropped) return void message.socket.destroy();
    const code = error instanceof SyntaxError ? 400 : 500;
    const body = { code: code === 400 ? "BadJson" : "InternalServerError", message: String(error) };
    reply.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
  }
}

async function requestOf(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new ConnectionDropped();
    chunks.push(chunk);
  }
  const { method = "GET", url = "/", headers } = message;
  const init: RequestInit = { method, headers: headers as Record<string, string> };
  if (method !== "GET" && method !== "HEAD") init.body = Buffer.concat(chunks);
  return new Request(new URL(url, `http://${headers.host ?? HOST}`), init);
}
