/** The platform in containers: what the compose file says is what the processes need, and nobody gets more. */
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { DRAIN_MILLISECONDS } from '@stormops/gateway/http/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { compose, FILLED_IN, readComposeFile, REQUIRED } from './compose-file.ts'
import type { ComposeFile, ComposeService } from './compose-file.ts'
import { COMMANDS, configOf, DRIVER_VARIABLES, PORTS, PROCESSES, read, VARIABLES } from './settings.ts'
import type { ProcessName } from './settings.ts'

let file: ComposeFile
beforeAll(async () => {
  file = await readComposeFile()
})

const serviceOf = (name: string): ComposeService => {
  const service = file.services[name]
  if (service === undefined) throw new Error(`There is no service ${name}.`)
  return service
}

const environmentOf = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment ?? {}).map(([key, value]) => [key, String(value)]),
  )

/** Those that run our own code. */
const OURS = ['migrate', ...PROCESSES]

describe('the compose file', () => {
  it('is read by docker-compose once everything that is required is filled in', async () => {
    expect(await compose(['config', '--quiet'], FILLED_IN)).toMatchObject({ code: 0, complaint: '' })
    expect(Object.keys(FILLED_IN).toSorted()).toEqual(REQUIRED.toSorted())
  })

  it.each(Object.keys(FILLED_IN))('has no default for %s', async (name) => {
    const { [name]: _left, ...rest } = FILLED_IN
    for (const given of [rest, { ...rest, [name]: '' }]) {
      expect((await compose(['config', '--quiet'], given)).code).not.toBe(0)
    }
  })

  it('writes no secret down', () => {
    const secrets = read('docker-compose.yml')
      .split('\n')
      .flatMap((line) => /^\s*[A-Z_]*(?:PASSWORD|SECRET|TOKEN|_KEY|AUTH): (.+)$/.exec(line)?.[1] ?? [])
    expect(secrets.length).toBeGreaterThan(4)
    expect(secrets.filter((value) => !/^\$\{[A-Z_]+:[?-]/.test(value))).toEqual([])
  })

  it('offers for filling in only what it reads', () => {
    const offered = [...read('deploy/compose.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(
      ([, name = '']) => name,
    )
    expect(offered.length).toBeGreaterThan(REQUIRED.length)
    const asked = new Set(
      [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name),
    )
    expect(offered.toSorted()).toEqual([...asked].toSorted())
  })
})

describe('a process', () => {
  it('is there of every kind, by its own command, at its own port', () => {
    for (const name of PROCESSES) {
      expect([name, serviceOf(name).command]).toEqual([name, COMMANDS.get(name)])
      expect([name, environmentOf(name)['PORT']]).toEqual([name, String(PORTS.get(name))])
    }
    expect(serviceOf('migrate').command).toEqual(['db', 'migrate'])
  })

  it.each([...COMMANDS.keys()])('%s is given what it needs, and takes it', (name: ProcessName) => {
    const config = configOf(name, environmentOf(name))
    expect(config).toMatchObject({
      environment: 'production',
      host: '0.0.0.0',
      publicUrl: FILLED_IN['PUBLIC_URL'],
    })
  })

  it('is given nothing that it does not know', () => {
    for (const name of [...OURS, 'admin']) {
      const unknown = Object.keys(environmentOf(name)).filter(
        (variable) => ![...VARIABLES, ...DRIVER_VARIABLES].includes(variable),
      )
      expect([name, unknown]).toEqual([name, []])
    }
  })

  it('finds every subgraph under the name and at the port that it has', () => {
    const urls = configOf('gateway', environmentOf('gateway'))
    expect(
      'subgraphUrls' in urls ? [...urls.subgraphUrls].map(([name, url]) => [name, [url].flat()]) : urls,
    ).toEqual(SUBGRAPHS.map((name) => [name, [`http://${name}:${PORTS.get(name)}`]]))
  })

  it('is not root, cannot write its code, gain rights, or take all memory', () => {
    for (const name of OURS) {
      expect(serviceOf(name)).toMatchObject({
        user: '1000:1000',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        mem_limit: expect.any(String),
        pids_limit: expect.any(Number),
      })
    }
  })

  it('is restarted, asked whether it is ready, and given longer to stop than it takes', () => {
    for (const name of PROCESSES) {
      const service = serviceOf(name)
      expect([name, service.restart]).toEqual([name, 'unless-stopped'])
      expect(service.healthcheck?.test?.join(' ')).toContain('/readyz')
      expect(Number.parseInt(service.stop_grace_period ?? '', 10) * 1_000).toBeGreaterThan(
        DRAIN_MILLISECONDS * 2,
      )
      expect(service.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        migrate: { condition: 'service_completed_successfully' },
      })
    }
  })

  it('shares home and keys with the others, and may not write the keys', () => {
    for (const name of PROCESSES) {
      expect(serviceOf(name).volumes).toEqual(['home:/var/lib/stormops:rw', 'keys:/var/lib/stormops-keys:ro'])
    }
    expect(serviceOf('migrate').volumes).toContain('keys:/var/lib/stormops-keys:rw')
    expect(environmentOf('gateway')).toMatchObject({
      STORMOPS_HOME: '/var/lib/stormops',
      STORMOPS_KEYS_DIR: '/var/lib/stormops-keys',
    })
  })
})

const holders = (marker: string): readonly string[] =>
  Object.keys(file.services).filter((name) => JSON.stringify(serviceOf(name)).includes(marker))

describe('a password', () => {
  it('of the database’s superuser is given to the database, to what prepares it, and to commands', () => {
    expect(holders('marker-postgres').toSorted()).toEqual(['admin', 'migrate', 'postgres'])
  })

  it('of Redis is given to Redis and to whoever uses it', () => {
    expect(holders('marker-redis').toSorted()).toEqual(['admin', 'redis', ...PROCESSES].toSorted())
  })

  it('stands on no command line', () => {
    for (const { command } of Object.values(file.services)) {
      expect(JSON.stringify(command ?? [])).not.toContain('marker')
    }
  })
})

const areTogether = (one: string, other: string): boolean => {
  const [networks, others] = [one, other].map((name) => Object.keys(serviceOf(name).networks))
  return (networks ?? []).some((network) => others?.includes(network))
}

const canLeave = (name: string): boolean =>
  Object.keys(serviceOf(name).networks).some((network) => file.networks[network]?.internal !== true)

describe('the network', () => {
  it('publishes the gateway, and Grafana to this machine alone', () => {
    const published = Object.entries(file.services).filter(([, { ports }]) => ports !== undefined)
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([
      ['gateway', ['127.0.0.1:4000:4000/tcp']],
      ['grafana', ['127.0.0.1:3000:3000/tcp']],
    ])
  })

  it('has no way out but for who is published and who asks Stripe or sends mail', () => {
    expect(Object.keys(file.services).filter(canLeave).toSorted()).toEqual([
      'admin',
      'billing',
      'gateway',
      'grafana',
      'worker',
    ])
  })

  it('keeps Grafana from everything but Prometheus, and Prometheus from the data', () => {
    const reached = Object.keys(file.services).filter(
      (name) => name !== 'grafana' && areTogether('grafana', name),
    )
    expect(reached).toEqual(['prometheus'])
    expect(areTogether('prometheus', 'postgres')).toBe(false)
    for (const name of PROCESSES) expect([name, areTogether('prometheus', name)]).toEqual([name, true])
  })

  it('lets every process reach the database and Redis, and the gateway the subgraphs', () => {
    for (const name of OURS) expect([name, areTogether(name, 'postgres')]).toEqual([name, true])
    for (const name of PROCESSES) expect([name, areTogether(name, 'redis')]).toEqual([name, true])
    for (const name of SUBGRAPHS) expect([name, areTogether('gateway', name)]).toEqual([name, true])
  })
})

describe('the container for commands', () => {
  it('is started by nobody but whoever has one', () => {
    expect(serviceOf('admin')).toMatchObject({ profiles: ['admin'], restart: 'no' })
  })
})

describe('what is not ours', () => {
  it('has a version, a way to tell that it is well, and a bound', () => {
    for (const name of ['postgres', 'redis', 'prometheus', 'grafana']) {
      const service = serviceOf(name)
      expect(service.image).toMatch(/:v?\d/)
      expect(service.healthcheck?.test).toBeDefined()
      expect(service.mem_limit).toBeDefined()
      expect([name, service.security_opt ?? []]).toEqual([
        name,
        name === 'postgres' ? [] : ['no-new-privileges:true'],
      ])
    }
    expect(serviceOf('postgres').image).toMatch(/^postgres:18/)
  })
})
