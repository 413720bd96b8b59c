/** Whether a process may be sent work, and what it looked at to say so. */
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, string>> }
