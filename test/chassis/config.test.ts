import { resolve } from 'node:path'
import { ConfigFault, readConfig } from '@stormops/chassis/config'
import type { Needs } from '@stormops/chassis/config'
import { describe, expect, it } from 'vitest'

const faultsOf = (environment: Record<string, string>, needs?: Needs): readonly string[] => {
  try {
    readConfig(environment, needs)
    return []
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults
    throw error
  }
}

describe('configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      environment: 'development',
      port: null,
      host: '127.0.0.1',
      home: resolve('.stormops'),
      databaseUrl: null,
      publicUrl: null,
      trustProxy: null,
      sandbox: 'graphiql',
      logLevel: 'info',
    })
  })

  it('names every fault at once', () => {
    const faults = faultsOf({
      NODE_ENV: 'staging',
      PORT: '70000',
      DATABASE_URL: 'mysql://localhost/stormops',
      PUBLIC_URL: 'graph.example.com',
      TRUST_PROXY: 'everybody',
      SANDBOX: 'playground',
      LOG_LEVEL: 'loud',
    })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'NODE_ENV',
      'PORT',
      'DATABASE_URL',
      'PUBLIC_URL',
      'TRUST_PROXY',
      'SANDBOX',
      'LOG_LEVEL',
    ])
  })

  it('knows how much of the disk to keep free, and lets production fail nowhere on purpose', () => {
    expect(readConfig({})).toMatchObject({
      diskReserve: { share: 0.05, bytes: 1_073_741_824 },
      failpoints: [],
    })
    expect(readConfig({ DISK_RESERVE: 'off' }).diskReserve).toBeNull()
    expect(readConfig({ DISK_RESERVE: '10%' }).diskReserve).toEqual({ share: 0.1, bytes: null })
    expect(readConfig({ DISK_RESERVE: '2%,512MiB' }).diskReserve).toEqual({ share: 0.02, bytes: 2 ** 29 })
    expect(faultsOf({ DISK_RESERVE: 'some', STORMOPS_FAILPOINTS: 'here=panic' })).toHaveLength(2)
    const failpoints = 'a.b=kill,c=throw@3,d=delay:200@*'
    expect(readConfig({ STORMOPS_FAILPOINTS: failpoints }).failpoints).toEqual([
      { name: 'a.b', effect: { kind: 'kill' }, at: 1 },
      { name: 'c', effect: { kind: 'throw' }, at: 3 },
      { name: 'd', effect: { kind: 'delay', milliseconds: 200 }, at: null },
    ])
    expect(faultsOf({ NODE_ENV: 'production', STORMOPS_FAILPOINTS: 'a=kill' })).toEqual([
      'STORMOPS_FAILPOINTS: is for tests, and ends processes: never in production',
    ])
  })

  it('keeps a live key from whatever stands in for Stripe, and payments from going unheard', () => {
    const named = (environment: Record<string, string>) =>
      faultsOf(environment).map((fault) => fault.split(':')[0])
    const [key, live, secret] = ['sk_test_abc', 'sk_live_abc', 'whsec_abc']
    const base = 'http://127.0.0.1:12111'
    expect(named({ STRIPE_SECRET_KEY: key })).toEqual(['STRIPE_WEBHOOK_SECRET'])
    expect(named({ STRIPE_WEBHOOK_SECRET: secret })).toEqual(['STRIPE_SECRET_KEY'])
    expect(named({ STRIPE_API_BASE: base })).toEqual(['STRIPE_API_BASE'])
    const both = { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret, STRIPE_API_BASE: base }
    expect(named(both)).toEqual([])
    expect(named({ ...both, STRIPE_SECRET_KEY: live })).toEqual(['STRIPE_API_BASE'])
    expect(named({ ...both, NODE_ENV: 'production' })).toEqual(['STRIPE_API_BASE'])
    expect(named({ ...both, STRIPE_API_BASE: `${base}/v1` })).toEqual(['STRIPE_API_BASE'])
    const faults = faultsOf({ STRIPE_SECRET_KEY: 'pk_live_hunter2', STRIPE_WEBHOOK_SECRET: 'hunter2' })
    expect(faults).toHaveLength(2)
    expect(faults.join()).not.toContain('hunter2')
    const { stripe } = readConfig(both)
    expect([stripe?.secretKey.reveal(), stripe?.webhookSecret.reveal(), stripe?.apiBase]).toEqual([
      key,
      secret,
      base,
    ])
    expect(readConfig({}).stripe).toBeNull()
  })

  it('says all of them in the message a person reads', () => {
    expect(() => readConfig({ PORT: 'http', LOG_LEVEL: 'loud' })).toThrow(
      /The configuration has faults:\n {2}PORT: .+\n {2}LOG_LEVEL: .+/,
    )
  })

  it('does not repeat a password in a fault', () => {
    const faults = faultsOf({ DATABASE_URL: 'mysql://app:hunter2@localhost/stormops' })
    expect(faults).toHaveLength(1)
    expect(faults.join()).not.toContain('hunter2')
  })

  it.each(['', '-1', '1.5', '70000', 'http', '0x'])('takes %j for no port, or refuses it', (port) => {
    if (port === '') expect(readConfig({ PORT: port }).port).toBeNull()
    else expect(faultsOf({ PORT: port })).toHaveLength(1)
  })

  it('takes an empty variable as one that is not set', () => {
    expect(readConfig({ DATABASE_URL: '', PUBLIC_URL: '', NODE_ENV: '', LOG_LEVEL: '' })).toEqual(
      readConfig({}),
    )
  })

  it('takes port 0 as any free port', () => {
    expect(readConfig({ PORT: '0' }).port).toBe(0)
  })
})

describe('where subgraphs are', () => {
  it('is a list of names and addresses', () => {
    const { subgraphUrls } = readConfig({
      SUBGRAPH_URLS: 'a=http://127.0.0.1:1, b=https://b.example.com/|http://10.0.0.2:2',
    })
    expect([...subgraphUrls]).toEqual([
      ['a', ['http://127.0.0.1:1']],
      ['b', ['https://b.example.com/', 'http://10.0.0.2:2']],
    ])
    expect(readConfig({}).subgraphUrls.size).toBe(0)
  })

  it.each([
    'a',
    'a=',
    'a=127.0.0.1:1',
    'a=ftp://b',
    'a=http://b/graphql',
    'a=http://b?x=1',
    'a=http://user:hunter2@b',
    'A=http://b',
    'a=http://b,,c=http://d',
    'a=http://b,a=http://c',
    'a=http://b|',
    'a=http://b|ftp://c',
  ])('is not %j', (text) => {
    const faults = faultsOf({ SUBGRAPH_URLS: text })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['SUBGRAPH_URLS'])
    expect(faults.join()).not.toContain('hunter2')
  })
})

describe('proxies before the platform', () => {
  it.each([
    ['1', { kind: 'hops', hops: 1 }],
    ['3', { kind: 'hops', hops: 3 }],
    ['loopback', { kind: 'networks', networks: ['127.0.0.0/8', '::1/128'] }],
    [
      '203.0.113.7, private,2001:db8::/32',
      {
        kind: 'networks',
        networks: [
          '203.0.113.7',
          '10.0.0.0/8',
          '172.16.0.0/12',
          '192.168.0.0/16',
          'fc00::/7',
          '2001:db8::/32',
        ],
      },
    ],
  ])('are %j', (text, proxies) => {
    expect(readConfig({ TRUST_PROXY: text }).trustProxy).toEqual(proxies)
  })

  it.each([
    '0',
    '11',
    '-1',
    '1.5',
    'true',
    '*',
    'everybody',
    'loopback,',
    'proxy.example.com',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    '::1/129',
    '10.0.0.0/8/8',
    'fe80::1%eth0',
    '300.0.0.1',
  ])('are not %j', (text) => {
    const faults = faultsOf({ TRUST_PROXY: text })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['TRUST_PROXY'])
  })
})

describe('what one process needs', () => {
  const needs = { variables: ['DATABASE_URL', 'PUBLIC_URL'], subgraphs: ['a', 'b'] }

  it('is asked for with everything else that is wrong', () => {
    expect(faultsOf({ PORT: 'http', SUBGRAPH_URLS: 'a=http://127.0.0.1:1' }, needs)).toEqual([
      expect.stringMatching(/^PORT: /),
      'DATABASE_URL: must be set for this process',
      'PUBLIC_URL: must be set for this process',
      'SUBGRAPH_URLS: must say where b can be reached',
    ])
    expect(faultsOf({}, needs)).toHaveLength(3)
  })

  it('is enough when it is there', () => {
    const environment = {
      DATABASE_URL: 'postgres://localhost/stormops',
      PUBLIC_URL: 'http://127.0.0.1:4000',
      SUBGRAPH_URLS: 'a=http://127.0.0.1:1,b=http://127.0.0.1:2',
    }
    expect(faultsOf(environment, needs)).toEqual([])
  })
})

describe('keys', () => {
  it('are in the home, unless they have a folder of their own', () => {
    expect(readConfig({ STORMOPS_HOME: 'there' }).keysDirectory).toBe(resolve('there/keys'))
    expect(readConfig({ STORMOPS_KEYS_DIR: 'secrets' }).keysDirectory).toBe(resolve('secrets'))
  })
})
