/** What lines of the log belong to, wherever in the work of a request they are written. */
import { AsyncLocalStorage } from 'node:async_hooks'

export type LogFields = Readonly<Record<string, string | null>>

export type LogScene = {
  /** Lines that `work` writes have `fields`, as they are when the line is written, beside their own. */
  readonly within: <Result>(fields: () => LogFields, work: () => Result) => Result
  readonly fields: () => LogFields
}

const NO_FIELDS: LogFields = {}

export const logScene = (): LogScene => {
  const scenes = new AsyncLocalStorage<() => LogFields>()
  return {
    within: (fields, work) => scenes.run(fields, work),
    fields: () => scenes.getStore()?.() ?? NO_FIELDS,
  }
}
