/** A fetch from a subgraph as a span: what it asks is not in it, but of whom, and how it ended. */
import type { AnsweredFetch } from '@stormops/chassis/graphql/answer-fetch'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'

export const fetchInTrace = (
  tracer: Tracer,
  subgraph: string,
  isFar: boolean,
  work: () => Promise<AnsweredFetch>,
): Promise<AnsweredFetch> =>
  tracer.isOn
    ? tracer.span(
        `fetch ${subgraph}`,
        { role: isFar ? 'asks' : 'inside', attributes: { 'stormops.subgraph': subgraph } },
        async (span) => {
          const answered = await work()
          span.set({ 'stormops.fetch.outcome': answered.outcome })
          if (answered.outcome !== 'ok') span.fail(answered.outcome)
          return answered
        },
      )
    : work()
