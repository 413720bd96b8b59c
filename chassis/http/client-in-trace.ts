/** A call of another process of ours is part of the trace it is made in, on both sides. */
import { TRACE_HEADER } from '../telemetry/tracer.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import type { PrivateClient } from './private-client.ts'

export const clientInTrace = (client: PrivateClient, tracer: Tracer): PrivateClient => {
  if (!tracer.isOn) return client
  return {
    ...client,
    post: (call) => {
      const traceparent = tracer.traceparent()
      return client.post(traceparent === null ? call : { ...call, headers: { [TRACE_HEADER]: traceparent } })
    },
  }
}
