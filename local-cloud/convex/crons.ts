// Crons: when each of crons.ts is due, in UTC, and the timer that runs them.
import { Cron } from "croner";
import type { Deployment } from "./deployment.ts";

export type Schedule = {
  type: "interval" | "hourly" | "daily" | "weekly" | "monthly" | "cron";
  /** Of an interval, one of these. */
  seconds?: number;
  minutes?: number;
  hours?: number;
  minuteUTC?: number;
  hourUTC?: number;
  /** Of a month, from 1. */
  day?: number;
  /** "sunday" to "saturday". */
  dayOfWeek?: string;
  cron?: string;
};
export type CronTable = Record<string, { name: string; args: object[]; schedule: Schedule }>;

export class Crons {
  readonly #due = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly deployment: Deployment) {
    for (const [id, { schedule }] of Object.entries(deployment.functions.crons)) {
      this.#due.set(id, nextRun(schedule, Date.now()));
    }
    // A short tick rather than a timer for each: the clock may be set meanwhile.
    this.#timer = setInterval(() => void this.#tick(), 500).unref();
  }

  async #tick(): Promise<void> {
    for (const [id, due] of this.#due) {
      if (due > Date.now()) continue;
      const failed = (error: unknown) => process.stderr.write(`cron "${id}": ${String(error)}\n`);
      await this.run(id).catch(failed);
    }
  }

  async run(id: string): Promise<void> {
    const cron = this.deployment.functions.crons[id];
    if (!cron) throw new Error(`There is no cron "${id}".`);
    this.#due.set(id, nextRun(cron.schedule, Date.now()));
    await this.deployment.run(cron.name, cron.args[0]);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The first time after `after` at which a schedule is due; both in milliseconds. */
export function nextRun(schedule: Schedule, after: number): number {
  const { seconds = 0, minutes = 0, hours = 0 } = schedule;
  if (schedule.type === "interval") return after + 1000 * (seconds + 60 * minutes + 3600 * hours);
  const { minuteUTC = 0, hourUTC = "*", day = "*", dayOfWeek = "*" } = schedule;
  const weekday = dayOfWeek.slice(0, 3);
  const pattern = schedule.cron ?? `${minuteUTC} ${hourUTC} ${day} * ${weekday}`;
  const next = new Cron(pattern, { timezone: "UTC" }).nextRun(new Date(after));
  return next?.getTime() ?? Infinity;
}
