export type ErrorCode = "invalid" | "notFound" | "readOnly" | "diskFull" | "unavailable" | "superseded" | "internal";
