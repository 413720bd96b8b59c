import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, inspect } from 'node:util'
import { configVariables, readConfig } from '@stormops/chassis/config'
import { clientConfig, connectionFromUrl } from '@stormops/chassis/database/connection'
import { REDACTED, secret } from '@stormops/chassis/secret'
import { createLog } from '@stormops/chassis/telemetry/log'
import { describe, expect, it } from 'vitest'

const MARKER = 'hunter2hunter2hunter2'

/** Every variable that holds a secret, holding one. */
const SECRETS: Readonly<Record<string, string>> = {
  DATABASE_URL: `postgres://app:${MARKER}@localhost/stormops`,
  REDIS_URL: `redis://:${MARKER}@localhost:6379`,
  SMTP_URL: `smtps://user:${MARKER}@mail.example.com`,
  STRIPE_SECRET_KEY: `sk_test_${MARKER}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${MARKER}`,
  METRICS_TOKEN: MARKER,
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${MARKER}`,
}

const logged = (line: object): string => {
  let text = ''
  createLog('trace', { write: (written) => void (text += written) }).info(line, 'line')
  return text
}

/** As a template, an addition or `String()` makes one: by what the value says of itself, if it says anything. */
const textOf = (value: object): string => {
  const primitive: unknown = Reflect.get(value, Symbol.toPrimitive)
  return String(
    typeof primitive === 'function' ? Reflect.apply(primitive, value, ['string']) : inspect(value),
  )
}

const WAYS: readonly (readonly [string, (value: object) => string])[] = [
  ['a text made of it', (value) => textOf(value)],
  ['a template', (value) => `It is ${textOf(value)}.`],
  ['JSON', (value) => JSON.stringify(value)],
  ['JSON of what it is part of', (value) => JSON.stringify({ deep: [{ value }] })],
  ['inspect', (value) => inspect(value)],
  [
    'inspect of all there is',
    (value) => inspect({ value }, { showHidden: true, depth: null, getters: true }),
  ],
  ['format', (value) => format('%s %o %O %j', value, value, value, value)],
  ['its keys and values', (value) => Object.entries(value).join() + Reflect.ownKeys(value).join()],
  ['a copy', (value) => JSON.stringify({ ...value })],
  ['a line of the log', (value) => logged({ value })],
  ['a line with it as the whole', (value) => logged(value)],
  ['a line of an error', (value) => logged({ err: Object.assign(new Error('refused'), { value }) })],
  ['an error’s message', (value) => new Error(textOf(value)).message],
]

describe('a secret', () => {
  it('is told to whoever opens it, as often as asked', () => {
    const held = secret(MARKER)
    expect([held.reveal(), held.reveal()]).toEqual([MARKER, MARKER])
  })

  it.each(WAYS)('is not in %s', (_way, print) => {
    const [alone, inside] = [print(secret(MARKER)), print({ url: secret(MARKER) })]
    expect(alone + inside).not.toContain(MARKER)
  })

  it('says that there is one', () => {
    const held = secret(MARKER)
    expect([String(held), held.toString(), JSON.stringify({ held }), inspect(held)]).toEqual([
      REDACTED,
      REDACTED,
      `{"held":"${REDACTED}"}`,
      REDACTED,
    ])
    expect(logged({ url: held })).toContain(`"url":"${REDACTED}"`)
  })

  it('cannot be made to say it', () => {
    const held = secret(MARKER)
    expect(Reflect.set(held, 'toString', () => held.reveal())).toBe(false)
    expect(Reflect.set(held, 'toJSON', () => held.reveal())).toBe(false)
    expect(String(held)).toBe(REDACTED)
  })
})

describe('a configuration full of secrets', () => {
  const config = readConfig(SECRETS)

  it('has them, for whoever opens them', () => {
    expect([
      config.databaseUrl?.reveal(),
      config.redisUrl?.reveal(),
      config.smtpUrl?.reveal(),
      config.stripe?.secretKey.reveal(),
      config.stripe?.webhookSecret.reveal(),
      config.metricsToken?.reveal(),
      config.tracing?.headers.reveal()['x-api-key'],
    ]).toEqual(
      [
        SECRETS['DATABASE_URL'],
        SECRETS['REDIS_URL'],
        SECRETS['SMTP_URL'],
        SECRETS['STRIPE_SECRET_KEY'],
        SECRETS['STRIPE_WEBHOOK_SECRET'],
        MARKER,
        MARKER,
      ].map(String),
    )
  })

  it.each(WAYS)('says none in %s', (_way, print) => {
    expect(print(config)).not.toContain(MARKER)
  })

  it('gives a connection whose password is told to the driver alone', () => {
    const connection = connectionFromUrl(config.databaseUrl?.reveal() ?? '')
    for (const [, print] of WAYS) expect(print(connection)).not.toContain(MARKER)
    expect(clientConfig(connection).password).toBe(MARKER)
  })
})

describe('the example of an environment', () => {
  it('names every variable that is read, and no other', () => {
    const text = readFileSync(fileURLToPath(new URL('../../.env.example', import.meta.url)), 'utf8')
    const named = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(10)
    expect(new Set(named)).toEqual(new Set(Object.keys(configVariables.shape)))
  })
})
