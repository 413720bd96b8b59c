/** A call of somebody outside as a span. It names the host and the kind of thing, and no id, no query and no body. */
import type { Tracer } from '../telemetry/tracer.ts'

/** As much of a path as names a kind: `/v1/customers` of `/v1/customers/cus_1/balance`. */
const KIND_SEGMENTS = 3

export const callsInTrace =
  (call: typeof fetch, tracer: Tracer): typeof fetch =>
  async (input, init) => {
    const { host, pathname } = new URL(input instanceof Request ? input.url : String(input))
    const method = init?.method ?? 'GET'
    const attributes = {
      'http.request.method': method,
      'server.address': host,
      'url.template': pathname.split('/').slice(0, KIND_SEGMENTS).join('/'),
    }
    return tracer.span(`${method} ${host}`, { role: 'asks', attributes }, async (span) => {
      const response = await call(input, init)
      span.set({ 'http.response.status_code': response.status })
      if (!response.ok) span.fail(String(response.status))
      return response
    })
  }
