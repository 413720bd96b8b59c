/** The control over HTTP, for a test in another process: POST /__control/passTime with a list of arguments in JSON. */
import { isSame } from '../http/api.ts'
import { json } from '../http/answer.ts'
import type { Answer, Asked } from '../http/answer.ts'
import { Refusal } from '../wire/refusal.ts'
import type { Control } from './control.ts'

const PREFIX = '/__control/'

const refusal = (status: number, message: string): Answer =>
  json(status, { error: { type: 'loopback_control', message } })

/**
 * It takes the account's key, like the API: without that every page open in a developer's browser could reach it,
 * since a form may be posted anywhere, but not with a header of one's own.
 */
export const createRemoteControl =
  (control: Control, apiKey: () => string) =>
  async (asked: Asked): Promise<Answer> => {
    if (!isSame(asked.headers['authorization'] ?? '', `Bearer ${apiKey()}`)) {
      return refusal(401, "The control takes the account's key, as `Authorization: Bearer sk_test_…`.")
    }
    const name = asked.path.slice(PREFIX.length)
    if (asked.method !== 'POST' || !Object.hasOwn(control, name)) {
      return refusal(404, `The control has ${Object.keys(control).join(', ')}; each is a POST.`)
    }
    const parameters = parametersIn(asked.body)
    if (parameters === null) return refusal(400, 'The body is a list of arguments in JSON.')
    try {
      // By name, and what comes from a test is what the test says it is.
      const act = new Map<string, unknown>(Object.entries(control)).get(name) as (
        ...all: readonly unknown[]
      ) => unknown
      const result: unknown = await act(...parameters)
      return json(200, { result: result ?? null })
    } catch (error) {
      if (error instanceof Refusal) return refusal(error.status, error.message)
      return refusal(400, error instanceof Error ? error.message : String(error))
    }
  }

const parametersIn = (body: string): readonly unknown[] | null => {
  if (body === '') return []
  try {
    const value: unknown = JSON.parse(body)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
