/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as access from "../access.js";
import type * as crons from "../crons.js";
import type * as errors from "../errors.js";
import type * as http from "../http.js";
import type * as merge from "../merge.js";
import type * as migrations from "../migrations.js";
import type * as originals from "../originals.js";
import type * as plan from "../plan.js";
import type * as store from "../store.js";
import type * as sync from "../sync.js";
import type * as text from "../text.js";
import type * as todos from "../todos.js";
import type * as tombstones from "../tombstones.js";
import type * as users from "../users.js";
import type * as wire from "../wire.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  access: typeof access;
  crons: typeof crons;
  errors: typeof errors;
  http: typeof http;
  merge: typeof merge;
  migrations: typeof migrations;
  originals: typeof originals;
  plan: typeof plan;
  store: typeof store;
  sync: typeof sync;
  text: typeof text;
  todos: typeof todos;
  tombstones: typeof tombstones;
  users: typeof users;
  wire: typeof wire;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {
  migrations: import("@convex-dev/migrations/_generated/component.js").ComponentApi<"migrations">;
};
