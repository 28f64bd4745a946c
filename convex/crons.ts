import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.daily("strip tombstones", { hourUTC: 3, minuteUTC: 17 }, internal.tombstones.strip, {});

export default crons;
