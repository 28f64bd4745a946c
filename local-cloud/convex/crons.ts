// Crons: when each of crons.ts is due, in UTC, and the timer that runs them.
import type { CronJob } from "convex/server";
import { Cron } from "croner";
import type { Deployment } from "./deployment.ts";

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
    await this.deployment.run(cron.name, (cron.args as object[])[0]);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The first time after `after` at which a schedule is due; both in milliseconds. */
export function nextRun(schedule: CronJob["schedule"], after: number): number {
  const { seconds = 0, minutes = 0, hours = 0, ...at } = schedule as Times;
  if (schedule.type === "interval") return after + 1000 * (seconds + 60 * minutes + 3600 * hours);
  const { minuteUTC = 0, hourUTC = "*", day = "*", dayOfWeek = "*" } = at;
  const pattern = at.cron ?? `${minuteUTC} ${hourUTC} ${day} * ${dayOfWeek.slice(0, 3)}`;
  const next = new Cron(pattern, { timezone: "UTC" }).nextRun(new Date(after));
  return next?.getTime() ?? Infinity;
}

/** What schedules of whatever type have. */
type Times = Partial<
  Record<"seconds" | "minutes" | "hours" | "minuteUTC" | "hourUTC" | "day", number> &
    Record<"dayOfWeek" | "cron", string>
>;
