// A cloud of a test's own, and the official clients.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { onTestFinished } from "vitest";
import WebSocket from "ws";
import { startCloud, type Cloud } from "../cloud.ts";
import { NativeApp } from "./native-app.ts";

export * from "./native-app.ts";

export const FIXTURE = resolve(import.meta.dirname, "fixture");
export const query = (name: string) => makeFunctionReference<"query">(name);
export const mutation = (name: string) => makeFunctionReference<"mutation">(name);
export const action = (name: string) => makeFunctionReference<"action">(name);

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function cloudForTest(
  { dataFolder = temporaryFolder(), functions = FIXTURE, ports = {} } = {} as {
    dataFolder?: string;
    functions?: string;
    ports?: { convex?: number };
  },
): Promise<Cloud> {
  const cloud = await startCloud({ dataFolder, functions, ports });
  onTestFinished(async () => void (await cloud.close()));
  return cloud;
}

/** The official client over a WebSocket. */
export function liveClient(cloud: Cloud): ConvexClient {
  const client = new ConvexClient(cloud.urls.convex, {
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
    unsavedChangesWarning: false,
    logger: false,
  });
  onTestFinished(() => client.close());
  return client;
}

export function httpClient(cloud: Cloud, token?: string): ConvexHttpClient {
  const client = new ConvexHttpClient(cloud.urls.convex, { logger: false });
  if (token !== undefined) client.setAuth(token);
  return client;
}

/** What a live query answers, awaited value by value. */
export function watch<T>(client: ConvexClient, name: string, args: Record<string, unknown>) {
  const values: (T | Error)[] = [];
  let heard: () => void = () => undefined;
  const note = (value: T | Error) => {
    values.push(value);
    heard();
  };
  client.onUpdate(query(name), args, (value) => note(value as T), note);
  const until = async (accepts: (value: T | Error) => boolean): Promise<T | Error> => {
    for (;;) {
      const found = values.find(accepts);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (heard = resolve));
    }
  };
  return { values, until };
}

export async function control(cloud: Cloud, method: string, path: string, body?: unknown) {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(`${cloud.urls.control}${path}`, init);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error((answer as { error: string }).error);
  return answer as Record<string, unknown> & Record<string, unknown>[];
}

export async function tokenFor(cloud: Cloud, email: string): Promise<string> {
  const app = new NativeApp(cloud);
  return app.convexToken(await app.signIn(email));
}
