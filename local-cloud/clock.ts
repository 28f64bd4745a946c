// The cloud's clock, which a test may set wrong: all that runs in the cloud is told its time by `Date`.
import { AsyncLocalStorage } from "node:async_hooks";

/** How far it is ahead of the system's, in milliseconds. */
export type Clock = { skew: number };

const SystemDate = globalThis.Date;
const clocks = new AsyncLocalStorage<Clock>();
const now = () => SystemDate.now() + (clocks.getStore()?.skew ?? 0);

/** Runs work by a clock, and whatever it sets off. */
export const withClock = <T>(clock: Clock, work: () => T): T => clocks.run(clock, work);

globalThis.Date = new Proxy(SystemDate, {
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
});
