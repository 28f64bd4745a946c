// The cloud's clock, which a test may set wrong.
import { AsyncLocalStorage } from "node:async_hooks";

const SystemDate = globalThis.Date;
const current = new AsyncLocalStorage<Clock>();

export class Clock {
  /** How far this clock is ahead of the system's, in milliseconds. */
  skew = 0;

  now(): number {
    return SystemDate.now() + this.skew;
  }

  /** Runs work in which `Date` tells this clock's time, as for the functions of convex/. */
  run<T>(work: () => T): T {
    return current.run(this, work);
  }
}

globalThis.Date = new Proxy(SystemDate, {
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
});

function now(): number {
  return SystemDate.now() + (current.getStore()?.skew ?? 0);
}
