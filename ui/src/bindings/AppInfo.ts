import type { HotkeyStatus } from "./HotkeyStatus";
import type { Settings } from "./Settings";
import type { StoreStatus } from "./StoreStatus";

export type AppInfo = { version: string, platform: "linux" | "macos" | "windows", dataFolder: string, store: StoreStatus, hotkey: HotkeyStatus, settings: Settings, trayAvailable: boolean, };
