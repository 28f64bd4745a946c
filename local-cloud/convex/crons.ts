// Crons: when each of crons.ts is due, in UTC, and the timer that runs them.
import type { Clock } from "../clock.ts";
import type { Runtime } from "./runtime.ts";

export type Schedule =
  | { type: "interval"; seconds?: number; minutes?: number; hours?: number }
  | { type: "hourly"; minuteUTC?: number }
  | { type: "daily"; hourUTC: number; minuteUTC: number }
  | { type: "weekly"; dayOfWeek: string; hourUTC: number; minuteUTC: number }
  | { type: "monthly"; day: number; hourUTC: number; minuteUTC: number }
  | { type: "cron"; cron: string };
export type CronTable = Record<string, { name: string; args: unknown[]; schedule: Schedule }>;

const MINUTE = 60_000;

export class Crons {
  readonly #due: Map<string, number>;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly runtime: Runtime,
    private readonly clock: Clock,
  ) {
    const now = clock.now();
    const crons = Object.entries(runtime.functions.crons);
    this.#due = new Map(crons.map(([id, { schedule }]) => [id, nextRun(schedule, now)]));
    // A short tick rather than a timer for each: the clock may be set meanwhile.
    this.#timer = setInterval(() => void this.tick(), 500).unref();
  }

  /** Runs what is due by the clock. */
  async tick(): Promise<void> {
    const now = this.clock.now();
    for (const [id, due] of this.#due) if (due <= now) await this.run(id).catch(report(id));
  }

  async run(id: string): Promise<void> {
    const cron = this.runtime.functions.crons[id];
    if (!cron) throw new Error(`There is no cron "${id}".`);
    this.#due.set(id, nextRun(cron.schedule, this.clock.now()));
    const kind = this.runtime.functions.kinds.get(cron.name)?.kind ?? "mutation";
    await this.runtime.run(kind, cron.name, cron.args[0]);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

const report = (id: string) => (error: unknown) =>
  void process.stderr.write(`cron "${id}": ${String(error)}\n`);

/** The first time after `after` at which a schedule is due; both in milliseconds. */
export function nextRun(schedule: Schedule, after: number): number {
  if (schedule.type === "interval") {
    const { seconds = 0, minutes = 0, hours = 0 } = schedule;
    return after + (seconds + 60 * minutes + 3600 * hours) * 1000;
  }
  const fields = cronFields(schedule);
  const horizon = after + 366 * 24 * 60 * MINUTE;
  let time = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  while (time < horizon && !isDue(fields, new Date(time))) time += MINUTE;
  return time;
}

/** Minute, hour, day of month, month, day of week. */
function cronFields(schedule: Exclude<Schedule, { type: "interval" }>): string[] {
  if (schedule.type === "cron") return schedule.cron.trim().split(/\s+/);
  const minute = `${schedule.minuteUTC ?? 0}`;
  if (schedule.type === "hourly") return [minute, "*", "*", "*", "*"];
  const hour = `${schedule.hourUTC}`;
  if (schedule.type === "monthly") return [minute, hour, `${schedule.day}`, "*", "*"];
  const day = schedule.type === "weekly" ? `${DAYS.indexOf(schedule.dayOfWeek)}` : "*";
  return [minute, hour, "*", "*", day];
}

const DAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");

function isDue([minute, hour, day, month, weekday]: string[], at: Date): boolean {
  return (
    matches(minute, at.getUTCMinutes()) &&
    matches(hour, at.getUTCHours()) &&
    matches(day, at.getUTCDate()) &&
    matches(month, at.getUTCMonth() + 1) &&
    matches(weekday, at.getUTCDay())
  );
}

/** "*", "5", "1-5", "*" with a step and lists of them. */
function matches(field = "*", value: number): boolean {
  return field.split(",").some((part) => {
    const [range = "*", step = "1"] = part.split("/");
    const [low = 0, high = low] = range === "*" ? [0, 59] : range.split("-").map(Number);
    return value >= low && value <= high && (value - low) % Number(step) === 0;
  });
}
