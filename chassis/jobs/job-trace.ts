/** Jobs in traces: who enqueues one leaves the name of its span in the envelope, and whoever does the job goes on from it. */
import type { Span, SpanAttributes, Tracer } from '../telemetry/tracer.ts'
import type { Queue } from './queue.ts'
import type { RunStep } from './steps.ts'

type TracedJob = {
  readonly id: string
  readonly name: string
  readonly retryCount: number
  readonly data: { readonly tenantId: string; readonly trace?: string | null }
}

const SYSTEM = { 'messaging.system': 'pgboss' }

/** Each attempt is a span of the trace that the job was enqueued in, however much later it runs. */
export const attemptInTrace = <Result>(
  tracer: Tracer,
  { id, name, retryCount, data }: TracedJob,
  work: (span: Span) => Promise<Result>,
): Promise<Result> =>
  tracer.span(
    `job ${name}`,
    {
      role: 'works',
      after: { traceparent: data.trace, isOurs: true },
      attributes: {
        ...SYSTEM,
        'messaging.operation.type': 'process',
        'messaging.destination.name': name,
        'messaging.message.id': id,
        'stormops.tenant.id': data.tenantId,
        'stormops.job.attempt': retryCount + 1,
      },
    },
    work,
  )

/** `run` with a span for each step, be it done now or found done. */
export const stepsInTrace = (tracer: Tracer, run: RunStep): RunStep =>
  tracer.isOn
    ? (step, work) =>
        tracer.span(`step ${step}`, { attributes: { 'stormops.job.step': step } }, () => run(step, work))
    : run

/** `queue` with a span for whatever is put into it. */
export const queueInTrace = (queue: Queue, tracer: Tracer): Queue => {
  if (!tracer.isOn) return queue
  const spanOf = <Result>(verb: string, name: string, tenantId: string | null, work: () => Promise<Result>) =>
    tracer.span(`${verb} ${name}`, { role: 'enqueues', attributes: attributesOf(name, tenantId) }, work)
  return {
    ...queue,
    enqueue: (tx, job, payload) =>
      spanOf('enqueue', job.name, tx.tenantId, () => queue.enqueue(tx, job, payload)),
    publish: (tx, event, payload) =>
      spanOf('publish', event.name, tx.tenantId, () => queue.publish(tx, event, payload)),
    publishMany: (tx, event, payloads) =>
      spanOf('publish', event.name, null, () => queue.publishMany(tx, event, payloads)),
  }
}

const attributesOf = (name: string, tenantId: string | null): SpanAttributes => ({
  ...SYSTEM,
  'messaging.operation.type': 'send',
  'messaging.destination.name': name,
  ...(tenantId === null ? {} : { 'stormops.tenant.id': tenantId }),
})
