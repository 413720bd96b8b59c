import { until } from '@stormops/chassis/testing/until'
import { afterEach, describe, expect, it } from 'vitest'
import { NEW_ID, startServer } from '../../testing/running-server.ts'
import type { RunningServer } from '../../testing/running-server.ts'
import { UNLIMITED } from '../rates/allowances.ts'

const ASK = '{ whoAsks }'
const running: RunningServer[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

/** A server whose subgraph answers once it is let. */
const start = async (waiting: number) => {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  const server = await startServer(
    { open: { storms: () => gate } },
    {},
    { allowances: UNLIMITED, overload: { executing: 4, waiting, patienceMilliseconds: 5_000 } },
  )
  running.push(server)
  const another = await server.graph.tokenFor({ tenantId: '018f2b1c-0000-7000-8000-000000000002' })
  const metric = async (state: string) => {
    const values = (await server.gateway.registry.getSingleMetric('graphql_operations_in_flight')?.get())
      ?.values
    return values?.find(({ labels }) => labels['state'] === state)?.value ?? 0
  }
  const areAtWork = (executing: number, inLine: number) =>
    until(async () => (await metric('executing')) === executing && (await metric('waiting')) === inLine)
  return { ...server, open, areAtWork, another: { authorization: `Bearer ${another}` } }
}

describe('a gateway that has too much to do', () => {
  it('turns away whoever comes with 503, before their body is read, and says when to come again', async () => {
    const { post, open, areAtWork, another, send } = await start(2)
    const busy = [1, 2, 3, 4, 5].map(() => post({ query: ASK }))
    await areAtWork(4, 1)
    const waiting = post({ query: ASK }, another)
    await areAtWork(4, 2)
    const refused = await post('this is not even JSON', another)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(JSON.parse(refused.text).errors[0].extensions).toMatchObject({
      code: 'UNAVAILABLE',
      retryAfterSeconds: 1,
    })
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'x-request-id': NEW_ID,
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json; charset=utf-8',
    })
    // What is wrong in itself is told so all the same.
    expect((await send({ method: 'PUT', headers: another })).status).toBe(405)
    expect((await send({ method: 'GET', path: '/healthz' })).status).toBe(200)
    const metrics = (await send({ method: 'GET', path: '/metrics' })).text
    expect(metrics).toContain('graphql_refusals_total{stage="overload",code="UNAVAILABLE"} 1')
    open()
    expect((await Promise.all([...busy, waiting])).map(({ status }) => status)).toEqual(Array(6).fill(200))
    await areAtWork(0, 0)
  })

  it('ends what is under way and what waits before it closes', async () => {
    const { post, open, areAtWork, stop } = await start(4)
    const busy = [1, 2, 3, 4, 5, 6].map(() => post({ query: ASK }))
    await areAtWork(4, 2)
    running.length = 0
    const closed = stop()
    open()
    expect((await Promise.all(busy)).map(({ status }) => status)).toEqual(Array(6).fill(200))
    await closed
  })
})
