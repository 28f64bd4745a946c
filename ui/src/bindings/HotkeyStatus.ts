export type HotkeyStatus = { "state": "registered" } | { "state": "off" } | { "state": "failed", message: string, };
