import type { LogLevel } from "./LogLevel";

export type Settings = { hotkey: string | null, logLevel: LogLevel, autostart: boolean, closeWithoutTray: "ask" | "quit", };
