export type StoreStatus = { "state": "ready" } | { "state": "readOnly", message: string, } | { "state": "failed", message: string, };
