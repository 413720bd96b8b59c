/** Who reaches whom on a cluster: asked of the policies as Kubernetes would. */
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { OVERLAYS, render, workloadsOf } from './manifests.ts'
import type { Labels, Overlay, Workload } from './manifests.ts'
import { policiesOf, reaches, selectsPod } from './network-policies.ts'
import type { Place, Policy } from './network-policies.ts'
import { PORTS, PROCESSES } from './settings.ts'
import type { ProcessName } from './settings.ts'

type Cluster = {
  readonly namespace: string
  readonly policies: readonly Policy[]
  readonly workloads: readonly Workload[]
}

const clusters = new Map<Overlay, Cluster>()
beforeAll(async () => {
  for (const overlay of OVERLAYS) {
    const manifests = await render(overlay)
    const workloads = workloadsOf(manifests)
    const namespace = workloads[0]?.metadata.namespace ?? ''
    clusters.set(overlay, { namespace, policies: policiesOf(manifests), workloads })
  }
})

const clusterOf = (overlay: Overlay): Cluster => {
  const cluster = clusters.get(overlay)
  if (cluster === undefined) throw new Error(`${overlay} was not read.`)
  return cluster
}

const podOf = ({ workloads, namespace }: Cluster, name: string): Place => {
  const labels = workloads.find(({ metadata }) => metadata.name === name)?.template.labels
  if (labels === undefined) throw new Error(`There is no pod ${name}.`)
  return { kind: 'pod', namespace, labels }
}

const elsewhere = (namespace: string, labels: Labels = {}): Place => ({ kind: 'pod', namespace, labels })
const address = (text: string): Place => ({ kind: 'address', address: text })

const portOf = (name: ProcessName): number => PORTS.get(name) ?? 0

describe.each(OVERLAYS)('in %s', (overlay) => {
  const asks = (from: Place, to: Place, port: number, protocol = 'TCP'): boolean => {
    const { policies, namespace } = clusterOf(overlay)
    return reaches(policies, from, to, { port, protocol, namespace })
  }
  const pod = (name: string): Place => podOf(clusterOf(overlay), name)

  it('every policy means some pod', () => {
    const { policies, workloads } = clusterOf(overlay)
    expect(policies.length).toBeGreaterThan(8)
    const idle = policies.filter(
      ({ podSelector }) => !workloads.some(({ template }) => selectsPod(podSelector, template.labels)),
    )
    expect(idle.map(({ name }) => name)).toEqual([])
  })

  it('subgraphs are reached by the gateway, models also by storms, and by no other process', () => {
    for (const to of SUBGRAPHS) {
      for (const from of PROCESSES) {
        const expected = from === 'gateway' || (from === 'storms' && to === 'models')
        if (from !== to)
          expect([`${from} to ${to}`, asks(pod(from), pod(to), portOf(to))]).toEqual([
            `${from} to ${to}`,
            expected,
          ])
      }
      expect([to, asks(elsewhere('ingress-nginx'), pod(to), portOf(to))]).toEqual([to, false])
      expect([to, asks(elsewhere('default'), pod(to), portOf(to))]).toEqual([to, false])
      expect([to, asks(pod('migrate'), pod(to), portOf(to))]).toEqual([to, false])
    }
  })

  it('clients reach the gateway through the ingress controller, at one port', () => {
    expect(asks(elsewhere('ingress-nginx'), pod('gateway'), 4000)).toBe(true)
    expect(asks(elsewhere('ingress-nginx'), pod('gateway'), 9229)).toBe(false)
    expect(asks(elsewhere('default'), pod('gateway'), 4000)).toBe(false)
    expect(asks(pod('worker'), pod('gateway'), 4000)).toBe(false)
  })

  it('Prometheus reaches every process, and nobody else of its namespace does', () => {
    for (const name of PROCESSES) {
      const prometheus = elsewhere('monitoring', { 'app.kubernetes.io/name': 'prometheus' })
      expect([name, asks(prometheus, pod(name), portOf(name))]).toEqual([name, true])
      expect(
        asks(elsewhere('monitoring', { 'app.kubernetes.io/name': 'grafana' }), pod(name), portOf(name)),
      ).toBe(false)
    }
  })

  it('every process reaches the database and Redis, and what migrates the database', () => {
    const [database, redis] =
      overlay === 'development' ? [pod('postgres'), pod('redis')] : [address('10.1.2.3'), address('10.1.2.4')]
    for (const name of [...PROCESSES, 'migrate']) {
      expect([name, asks(pod(name), database, 5432)]).toEqual([name, true])
      expect([name, asks(pod(name), redis, 6379)]).toEqual([name, name !== 'migrate'])
    }
  })

  it('billing and the worker reach Stripe and the mail server, and no address of a network or of a cloud’s metadata', () => {
    for (const name of PROCESSES) {
      const mayLeave = name === 'billing' || name === 'worker'
      for (const port of [443, 465, 587])
        expect([name, asks(pod(name), address('54.187.174.169'), port)]).toEqual([name, mayLeave])
      expect([name, asks(pod(name), address('54.187.174.169'), 80)]).toEqual([name, false])
      for (const inner of ['169.254.169.254', '10.0.0.1', '192.168.1.1', '172.20.0.1']) {
        expect([`${name} to ${inner}`, asks(pod(name), address(inner), 443)]).toEqual([
          `${name} to ${inner}`,
          false,
        ])
      }
    }
  })

  it('everybody may ask for names', () => {
    const dns = elsewhere('kube-system', { 'k8s-app': 'kube-dns' })
    for (const name of PROCESSES) expect([name, asks(pod(name), dns, 53, 'UDP')]).toEqual([name, true])
  })
})

describe('the database of development', () => {
  it('reaches nobody, and is reached by none but processes', () => {
    const cluster = clusterOf('development')
    const { policies, namespace } = cluster
    const question = { port: 5432, namespace }
    expect(reaches(policies, podOf(cluster, 'redis'), podOf(cluster, 'postgres'), question)).toBe(false)
    expect(reaches(policies, elsewhere('default'), podOf(cluster, 'postgres'), question)).toBe(false)
    expect(
      reaches(policies, podOf(cluster, 'postgres'), address('54.187.174.169'), { port: 443, namespace }),
    ).toBe(false)
  })
})
