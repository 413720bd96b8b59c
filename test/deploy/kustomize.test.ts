/** The platform on a cluster: manifests that are valid, name what is there, and give every pod what it needs and no more. */
import { DRAIN_MILLISECONDS } from '@stormops/gateway/http/server'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { globSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { unknownFields } from './known-fields.ts'
import { ofKind, OVERLAYS, render, selects, workloadsOf } from './manifests.ts'
import type { Container, Manifest, Overlay, Workload } from './manifests.ts'
import { COMMANDS, configOf, PORTS, PROCESSES, read, ROOT, VARIABLES } from './settings.ts'
import type { ProcessName } from './settings.ts'

const rendered = new Map<Overlay, readonly Manifest[]>()
beforeAll(async () => {
  for (const overlay of OVERLAYS) rendered.set(overlay, await render(overlay))
})

const all = (overlay: Overlay): readonly Manifest[] => rendered.get(overlay) ?? []

const workload = (overlay: Overlay, name: string): Workload => {
  const found = workloadsOf(all(overlay)).find((manifest) => manifest.metadata.name === name)
  if (found === undefined) throw new Error(`There is no workload ${name}.`)
  return found
}

const onlyContainer = (overlay: Overlay, name: string): Container => {
  const [container, ...others] = workload(overlay, name).template.pod.containers
  expect(others).toEqual([])
  if (container === undefined) throw new Error(`${name} has no container.`)
  return container
}

type Model = new (manifest: Manifest) => { readonly validate: () => void }

const invalid = async (manifest: Manifest): Promise<readonly string[]> => {
  const place = `kubernetes-models/${manifest.apiVersion}/${manifest.kind}`
  const models: Readonly<Record<string, Model>> = await import(/* @vite-ignore */ place)
  const Kind = models[manifest.kind]
  if (Kind === undefined) return [`There is no kind ${manifest.kind}.`]
  try {
    new Kind(manifest).validate()
    return []
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${String(error)}`]
  }
}

describe('a misspelt field', () => {
  it('is found, though a cluster would only drop it', () => {
    const [service] = ofKind(all('production'), 'Service')
    const misspelt = {
      ...service,
      apiVersion: 'v1',
      kind: 'Service',
      spec: { selecter: {}, ports: [{ prot: 1 }] },
    }
    expect(unknownFields(misspelt)).toEqual(['Service.spec.selecter', 'Service.spec.ports[0].prot'])
  })
})

describe.each(OVERLAYS)('%s', (overlay) => {
  it('is made of valid manifests', async () => {
    const manifests = all(overlay)
    expect(manifests.length).toBeGreaterThan(40)
    expect((await Promise.all(manifests.map(invalid))).flat()).toEqual([])
    expect(manifests.flatMap(unknownFields)).toEqual([])
  })

  it('is in one namespace, in which only pods run that the strictest standard lets in', () => {
    const [namespace] = ofKind(all(overlay), 'Namespace')
    expect(namespace?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' })
    for (const { kind, metadata } of all(overlay)) {
      if (kind !== 'Namespace')
        expect([metadata.name, metadata.namespace]).toEqual([metadata.name, namespace?.metadata.name])
    }
  })

  it('has every kind of process, by its own command, at its own port', () => {
    for (const name of PROCESSES) {
      const container = onlyContainer(overlay, name)
      expect([name, container.args]).toEqual([name, COMMANDS.get(name)])
      expect(container.ports).toEqual([{ name: 'http', containerPort: PORTS.get(name) }])
      expect(container.env).toEqual([{ name: 'PORT', value: String(PORTS.get(name)) }])
      expect(container.image).toMatch(/stormops-graph:[^:]+$/)
    }
    expect(onlyContainer(overlay, 'migrate').args).toEqual(['db', 'migrate'])
  })

  it.each(PROCESSES)(
    'asks %s whether it lives and whether it is ready, and waits while it starts',
    (name) => {
      const { startupProbe, livenessProbe, readinessProbe } = onlyContainer(overlay, name)
      expect([startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet)).toEqual([
        { path: '/healthz', port: 'http' },
        { path: '/healthz', port: 'http' },
        { path: '/readyz', port: 'http' },
      ])
    },
  )

  it('gives every container bounds, and no more rights than it needs', () => {
    const workloads = workloadsOf(all(overlay))
    expect(workloads.length).toBeGreaterThanOrEqual(PROCESSES.length + 1)
    for (const { template } of workloads) {
      expect(template.pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      })
      for (const container of template.pod.containers) {
        expect(container).toMatchObject({
          resources: {
            requests: { cpu: expect.anything(), memory: expect.any(String) },
            limits: { cpu: expect.anything(), memory: expect.any(String) },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        })
      }
    }
    for (const account of ofKind(all(overlay), 'ServiceAccount')) {
      expect(account).toMatchObject({ automountServiceAccountToken: false })
    }
  })

  it('stops nothing before what it took is done, and starts the next before the last has gone', () => {
    for (const name of PROCESSES) {
      const { spec, template } = workload(overlay, name)
      const pause = onlyContainer(overlay, name).lifecycle?.preStop?.sleep?.seconds ?? 0
      expect(pause).toBeGreaterThanOrEqual(5)
      expect((template.pod.terminationGracePeriodSeconds ?? 0) * 1_000).toBeGreaterThan(
        pause * 1_000 + 2 * DRAIN_MILLISECONDS,
      )
      expect(spec?.strategy).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      })
      expect(template.pod.topologySpreadConstraints).toHaveLength(1)
    }
  })

  it('keeps all but one of every deployment while nodes are emptied', () => {
    const budgets = ofKind(all(overlay), 'PodDisruptionBudget')
    for (const { metadata, template } of workloadsOf(ofKind(all(overlay), 'Deployment'))) {
      const its = budgets.filter(({ spec }) => selects(spec?.selector?.matchLabels ?? {}, template.labels))
      expect([metadata.name, ...its.map(({ spec }) => spec?.maxUnavailable)]).toEqual([metadata.name, 1])
    }
    expect(budgets).toHaveLength(ofKind(all(overlay), 'Deployment').length)
  })

  it('has a service for every port, and none that selects nothing', () => {
    for (const { metadata, spec } of ofKind(all(overlay), 'Service')) {
      const chosen = workloadsOf(all(overlay)).filter(({ template }) =>
        selects(spec?.selector ?? {}, template.labels),
      )
      expect(chosen.map((manifest) => manifest.metadata.name)).toEqual([metadata.name])
      const ports = chosen.flatMap(({ template }) =>
        template.pod.containers.flatMap(({ ports: open = [] }) => open),
      )
      expect(spec?.ports?.map(({ port, targetPort }) => ({ containerPort: port, name: targetPort }))).toEqual(
        ports,
      )
    }
    for (const name of PROCESSES)
      expect(ofKind(all(overlay), 'Service').map(({ metadata }) => metadata.name)).toContain(name)
  })

  it('scales what is there, and says nowhere else how many there are', () => {
    const scalers = ofKind(all(overlay), 'HorizontalPodAutoscaler')
    expect(scalers.map(({ metadata }) => metadata.name).toSorted()).toEqual(['gateway', 'worker'])
    for (const { spec } of scalers) {
      expect(workload(overlay, spec?.scaleTargetRef?.name ?? '').spec?.replicas).toBeUndefined()
    }
    const named = scalers
      .flatMap(({ spec }) => spec?.metrics ?? [])
      .flatMap(({ external }) => external?.metric.name ?? [])
    const adapter: { rules: { external: readonly { name: { as: string } }[] } } = parse(
      read('deploy/prometheus/adapter-rules.yml'),
    )
    expect(named).toEqual(adapter.rules.external.map(({ name }) => name.as))
  })
})

/** What the pods of a process get of settings that are no secret, and of the names of secrets. */
const environmentOf = (overlay: Overlay, name: string) => {
  const container = onlyContainer(overlay, name)
  const references = container.envFrom ?? []
  const settings = references.flatMap(({ configMapRef }) =>
    configMapRef === undefined ? [] : [configMapRef.name],
  )
  const maps = ofKind(all(overlay), 'ConfigMap').filter(({ metadata }) => settings.includes(metadata.name))
  expect(maps).toHaveLength(settings.length)
  return {
    values: {
      ...Object.assign({}, ...maps.map(({ data }) => data)),
      ...Object.fromEntries((container.env ?? []).map(({ name: variable, value }) => [variable, value])),
    } as Record<string, string>,
    secrets: references.flatMap(({ secretRef }) =>
      secretRef === undefined ? [] : [withoutHash(secretRef.name)],
    ),
  }
}

/** The generator of secrets adds a hash of what is in them. */
const withoutHash = (name: string): string => name.replace(/-[0-9a-z]{10}$/, '')

const WITH_PAYMENTS: readonly ProcessName[] = ['gateway', 'billing', 'worker']

const secretsOf = (name: ProcessName): readonly string[] => [
  'stormops-database',
  'stormops-redis',
  ...(WITH_PAYMENTS.includes(name) ? ['stormops-payments'] : []),
  ...(name === 'worker' ? ['stormops-mail'] : []),
]

describe.each(OVERLAYS)('a process of %s', (overlay) => {
  it.each(PROCESSES)('%s is given what it needs, and takes it', (name) => {
    const { values, secrets } = environmentOf(overlay, name)
    expect(secrets).toEqual(secretsOf(name))
    expect(Object.keys(values).filter((variable) => !VARIABLES.includes(variable))).toEqual([])
    const config = configOf(name, { ...values, DATABASE_URL: 'postgres://postgres@postgres/stormops' })
    expect(config).toMatchObject({ host: '0.0.0.0', environment: overlay })
    expect(
      'subgraphUrls' in config
        ? [...config.subgraphUrls].map(([subgraph, url]) => [subgraph, [url].flat()])
        : config,
    ).toEqual(SUBGRAPHS.map((subgraph) => [subgraph, [`http://${subgraph}:${PORTS.get(subgraph)}`]]))
  })

  it('is not given the password of the database’s superuser; what migrates is', () => {
    expect(environmentOf(overlay, 'migrate').secrets).toEqual([
      'stormops-database',
      'stormops-database-admin',
    ])
  })

  it('reads the keys and cannot write them, and shares a home where it keeps files', () => {
    for (const name of PROCESSES) {
      const { pod } = workload(overlay, name).template
      const { volumeMounts = [] } = onlyContainer(overlay, name)
      expect(volumeMounts.find(({ name: volume }) => volume === 'keys')).toEqual({
        name: 'keys',
        mountPath: '/var/lib/stormops-keys',
        readOnly: true,
      })
      expect(pod.volumes?.find(({ secret }) => secret !== undefined)?.secret).toMatchObject({
        defaultMode: 0o440,
      })
      const shares = pod.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined)
      expect([name, shares]).toEqual([name, !['models', 'slos', 'operations'].includes(name)])
    }
  })

  it('finds every secret that is not its to do without', () => {
    const made = new Set(ofKind(all(overlay), 'Secret').map(({ metadata }) => metadata.name))
    if (overlay === 'production') {
      expect([...made]).toEqual([])
      return
    }
    for (const { template } of workloadsOf(all(overlay))) {
      const needed = template.pod.containers.flatMap(({ envFrom = [] }) =>
        envFrom.flatMap(({ secretRef }) =>
          secretRef === undefined || secretRef.optional === true ? [] : [secretRef.name],
        ),
      )
      for (const name of needed) expect([...made]).toContain(name)
    }
  })
})

describe('secrets', () => {
  it('are in no file of the manifests', () => {
    const files = globSync('deploy/kustomize/**/*.yaml', { cwd: ROOT })
    expect(files.length).toBeGreaterThan(20)
    for (const file of files) {
      const text = read(file)
      expect(text).not.toMatch(/kind: Secret\b/)
      expect(text).not.toMatch(/:\/\/[^@\s/]*:[^@\s/]+@/)
    }
    expect(read('.gitignore')).toContain('deploy/kustomize/overlays/development/secrets/')
  })
})

describe('clients from outside', () => {
  it('come to the gateway alone, and not to what is for machines', () => {
    const [ingress] = ofKind(all('production'), 'Ingress')
    const paths = (ingress?.spec?.rules ?? []).flatMap(({ http }) => http.paths)
    expect(paths.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/graphql',
        '/files',
        '/uploads',
        '/webhooks/stripe',
        '/.well-known/jwks.json',
        '/sign-in',
      ]),
    )
    for (const { path, backend } of paths) {
      expect(['/', '/metrics', '/healthz', '/readyz', '/dev/mail']).not.toContain(path)
      expect(backend).toEqual({ service: { name: 'gateway', port: { name: 'http' } } })
    }
  })
})
