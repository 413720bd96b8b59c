/** Calls of others in the trace, a collector that is not there, and what is loaded where nobody looks. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openStripeClient } from '@stormops/billing/stripe'
import { readConfig } from '@stormops/chassis/config'
import { mailInTrace } from '@stormops/chassis/mail/mail-in-trace'
import { secret } from '@stormops/chassis/secret'
import { openTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import { newId } from '@stormops/chassis/values/ids'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCollector, wayTo } from './collector.ts'
import type { Collector } from './collector.ts'

const EMAIL = 'somebody@example.com'

let collector: Collector

beforeAll(async () => {
  collector = await openCollector()
})
afterAll(() => collector?.close())

const telemetryFor = (endpoint: string, share = '1'): Promise<Telemetry> =>
  openTelemetry({
    process: 'a test',
    version: '0.0.0',
    tracing: readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share }).tracing,
  })

describe('calls of others', () => {
  it('are spans under the work that makes them, without what was sent', async () => {
    const telemetry = await telemetryFor(collector.url)
    const { tracer } = telemetry
    const loopback = await openStripeLoopback()
    const stripe = openStripeClient({
      secretKey: secret(loopback.apiKey),
      webhookSecret: secret('whsec_of_a_test'),
      apiBase: loopback.url,
      genuine: false,
      tracer,
    })
    const send = mailInTrace(
      async () => Promise.reject(new Error(`No mail for ${EMAIL}.`)),
      tracer,
      'mail.example.com',
    )
    await tracer.span('job of a test', { role: 'works' }, async () => {
      await stripe.createCustomer({ tenantId: newId(), name: 'A', email: EMAIL })
      await send({ to: EMAIL, subject: 'A', text: 'B' }).catch(() => undefined)
    })
    await telemetry.close()
    await loopback.close()
    const spans = collector.spans()
    const { host } = new URL(loopback.url)
    const call = spans.find(({ name }) => name === `POST ${host}`)
    expect(call).toMatchObject({
      isFailed: false,
      attributes: { 'url.template': '/v1/customers', 'http.response.status_code': 200 },
    })
    const mail = spans.find(({ name }) => name === 'send mail')
    expect(mail).toMatchObject({ isFailed: true, attributes: { 'error.type': 'Error' } })
    for (const span of [call, mail]) {
      expect(span === undefined ? [] : wayTo(span, spans)[0]).toBe('job of a test')
    }
    expect(collector.text()).not.toContain(EMAIL)
    expect(collector.text()).not.toContain(loopback.apiKey)
  })
})

describe('who decides what is kept', () => {
  const STRANGER = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, isOurs: false }

  it('is not a stranger, but one of ours is', async () => {
    const telemetry = await telemetryFor(collector.url, '0')
    const { tracer } = telemetry
    await tracer.span('from a stranger', { after: STRANGER }, async () => {
      expect(tracer.traceId()).toBe('1'.repeat(32))
      expect(tracer.traceparent()).toMatch(/-00$/)
      await tracer.span('below the stranger', {}, async () => undefined)
    })
    await tracer.span('from one of ours', { after: { ...STRANGER, isOurs: true } }, async () => undefined)
    await telemetry.close()
    const names = collector.spans().map(({ name }) => name)
    expect(names).toContain('from one of ours')
    expect(names).not.toContain('from a stranger')
    expect(names).not.toContain('below the stranger')
  })
})

describe('a collector that is not there', () => {
  it('keeps nobody from working or from ending', async () => {
    const telemetry = await telemetryFor('http://127.0.0.1:1')
    const warned: unknown[] = []
    telemetry.tellTo({ warn: (...said: unknown[]) => void warned.push(said), info: () => undefined })
    const result = await telemetry.tracer.span('work', {}, async () => 'done')
    await telemetry.close()
    expect(result).toBe('done')
    expect(warned).toHaveLength(1)
  })
})

describe('without a collector', () => {
  it('nothing of the SDK is loaded', async () => {
    const program = `
      import { createRequire } from 'node:module'
      import { openTelemetry } from './chassis/telemetry/telemetry.ts'
      const loaded = () => Object.keys(createRequire(import.meta.url).cache)
        .filter((file) => /opentelemetry\\+(sdk|exporter)/.test(file)).length
      await openTelemetry({ process: 'a', version: '0' })
      const without = loaded()
      await openTelemetry({ process: 'a', version: '0', tracing: {
        endpoint: 'http://127.0.0.1:1', headers: { reveal: () => ({}) }, share: 1, callersDecide: false } })
      console.log(JSON.stringify({ without, withOne: loaded() > 0 }))`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
    )
    expect(JSON.parse(stdout)).toEqual({ without: 0, withOne: true })
  })
})
