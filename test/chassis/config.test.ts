import { resolve } from 'node:path'
import { ConfigFault, readConfig } from '@stormops/chassis/config'
import { describe, expect, it } from 'vitest'

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment)
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
      SANDBOX: 'playground',
      LOG_LEVEL: 'loud',
    })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'NODE_ENV',
      'PORT',
      'DATABASE_URL',
      'PUBLIC_URL',
      'SANDBOX',
      'LOG_LEVEL',
    ])
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
