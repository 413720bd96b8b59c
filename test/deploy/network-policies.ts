/** Network policies, as Kubernetes reads them: whether a pod may reach another at a port. */
import type { Labels, Manifest } from './manifests.ts'

type Selector = {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values: readonly string[]
  }[]
}
type Peer = {
  readonly podSelector?: Selector
  readonly namespaceSelector?: Selector
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
}
type PolicyPort = { readonly protocol?: string; readonly port: number; readonly endPort?: number }

export type Policy = {
  readonly name: string
  readonly podSelector: Selector
  readonly policyTypes: readonly string[]
  readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[]
  readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[]
}

/** A pod with the labels of its namespace, or an address outside. */
export type Place =
  | { readonly kind: 'pod'; readonly namespace: string; readonly labels: Labels }
  | { readonly kind: 'address'; readonly address: string }

export const policiesOf = (manifests: readonly Manifest[]): readonly Policy[] =>
  manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map((manifest) => {
      const spec: unknown = manifest.spec
      return { name: manifest.metadata.name, ...(spec as Omit<Policy, 'name'>) }
    })

export const selectsPod = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([name, value]) => labels[name] === value) &&
  matchExpressions.every(({ key, operator, values }) => {
    if (operator !== 'In') throw new Error(`Nobody reads the operator ${operator} here.`)
    return values.includes(labels[key] ?? '')
  })

const inBlock = (address: string, cidr: string): boolean => {
  const [network = '', bits = '32'] = cidr.split('/')
  const [one, other] = [address, network].map((text) =>
    text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
  )
  const size = 2 ** (32 - Number(bits))
  return Math.floor((one ?? 0) / size) === Math.floor((other ?? 0) / size)
}

const means = (peer: Peer, place: Place, ownNamespace: string): boolean => {
  if (peer.ipBlock !== undefined) {
    if (place.kind === 'pod') return false
    const { cidr, except = [] } = peer.ipBlock
    return inBlock(place.address, cidr) && !except.some((block) => inBlock(place.address, block))
  }
  if (place.kind === 'address') return false
  const isThere =
    peer.namespaceSelector === undefined
      ? place.namespace === ownNamespace
      : selectsPod(peer.namespaceSelector, { 'kubernetes.io/metadata.name': place.namespace })
  return isThere && selectsPod(peer.podSelector ?? {}, place.labels)
}

const opens = (ports: readonly PolicyPort[] | undefined, port: number, protocol: string): boolean =>
  ports === undefined ||
  ports.some(
    ({ port: first, endPort = first, protocol: its = 'TCP' }) =>
      its === protocol && first <= port && port <= endPort,
  )

type Question = { readonly port: number; readonly protocol?: string; readonly namespace: string }

/** A policy that means a pod refuses everything in its direction that no policy lets through. */
const isLet = (
  policies: readonly Policy[],
  direction: 'Ingress' | 'Egress',
  [pod, other]: readonly [Place, Place],
  { port, protocol = 'TCP', namespace }: Question,
): boolean => {
  if (pod.kind === 'address' || pod.namespace !== namespace) return true
  const its = policies.filter(
    ({ podSelector, policyTypes }) => policyTypes.includes(direction) && selectsPod(podSelector, pod.labels),
  )
  if (its.length === 0) return true
  return its
    .flatMap(({ ingress = [], egress = [] }) =>
      direction === 'Ingress'
        ? ingress.map(({ from, ports }) => ({ peers: from, ports }))
        : egress.map(({ to, ports }) => ({ peers: to, ports })),
    )
    .some(
      ({ peers, ports }) =>
        opens(ports, port, protocol) &&
        (peers === undefined || peers.some((peer) => means(peer, other, namespace))),
    )
}

/** Both ends must let it. */
export const reaches = (policies: readonly Policy[], from: Place, to: Place, question: Question): boolean =>
  isLet(policies, 'Egress', [from, to], question) && isLet(policies, 'Ingress', [to, from], question)
