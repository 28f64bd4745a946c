// Crons: when each of crons.ts is due, in UTC, and the timer that runs them.
import type { CronJob } from "convex/server";
import { Cron } from "croner";
import type { Deployment } from "./deployment.ts";

export function startCrons({ functions: { crons }, run }: Deployment) {
  const due = new Map<string, number>();
  const plan = (id: string, cron: CronJob) => due.set(id, nextRun(cron.schedule, Date.now()));
  for (const [id, cron] of Object.entries(crons)) plan(id, cron);

  const runNow = async (id: string) => {
    const cron = crons[id];
    if (!cron) throw new Error(`There is no cron "${id}".`);
    plan(id, cron);
    await run(cron.name, (cron.args as object[])[0]);
  };
  // A short tick rather than a timer for each: the clock may be set meanwhile.
  const tick = () => {
    for (const [id, at] of due) {
      const failed = (error: unknown) => process.stderr.write(`cron "${id}": ${String(error)}\n`);
      if (at <= Date.now()) runNow(id).catch(failed);
    }
  };
  const timer = setInterval(tick, 500).unref();
  return { run: runNow, stop: () => clearInterval(timer) };
}

/** The first time after `after` at which a schedule is due; both in milliseconds. */
export function nextRun(schedule: CronJob["schedule"], after: number): number {
  const { seconds = 0, minutes = 0, hours = 0, ...at } = schedule as Times & Days;
  if (schedule.type === "interval") return after + 1000 * (seconds + 60 * minutes + 3600 * hours);
  const { minuteUTC = 0, hourUTC = "*", day = "*", dayOfWeek = "*" } = at;
  const pattern = at.cron ?? `${minuteUTC} ${hourUTC} ${day} * ${dayOfWeek.slice(0, 3)}`;
  return new Cron(pattern, { timezone: "UTC" }).nextRun(new Date(after))?.getTime() ?? Infinity;
}

/** What schedules of whatever type have. */
type Times = Partial<Record<"seconds" | "minutes" | "hours" | "minuteUTC" | "hourUTC", number>>;
type Days = { day?: number; dayOfWeek?: string; cron?: string };
