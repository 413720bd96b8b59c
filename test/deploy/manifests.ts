/** What `kubectl kustomize` makes of an overlay, with the files beside it that nobody commits. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { ROOT } from './settings.ts'
import { tell } from './tools.ts'

export const OVERLAYS = ['development', 'production'] as const
export type Overlay = (typeof OVERLAYS)[number]

export type Labels = Readonly<Record<string, string>>
export type Probe = {
  readonly httpGet?: { readonly path: string; readonly port: string | number }
  readonly exec?: unknown
}

export type Container = {
  readonly name: string
  readonly image: string
  readonly args?: readonly string[]
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[]
  readonly env?: readonly { readonly name: string; readonly value?: string }[]
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name: string }
    readonly secretRef?: { readonly name: string; readonly optional?: boolean }
  }[]
  readonly startupProbe?: Probe
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } }
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels }
  readonly securityContext?: unknown
  readonly volumeMounts?: readonly {
    readonly name: string
    readonly mountPath: string
    readonly readOnly?: boolean
  }[]
}

export type PodSpec = {
  readonly serviceAccountName?: string
  readonly automountServiceAccountToken?: boolean
  readonly terminationGracePeriodSeconds?: number
  readonly topologySpreadConstraints?: readonly unknown[]
  readonly securityContext?: unknown
  readonly containers: readonly Container[]
  readonly volumes?: readonly {
    readonly name: string
    readonly persistentVolumeClaim?: { readonly claimName: string }
    readonly secret?: { readonly secretName: string; readonly defaultMode?: number }
  }[]
}

/** Of any kind; what a test reads of it and of none other is optional. */
export type Manifest = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels }
  readonly data?: Labels
  readonly automountServiceAccountToken?: boolean
  readonly spec?: {
    readonly replicas?: number
    readonly strategy?: unknown
    readonly selector?: Labels & { readonly matchLabels?: Labels }
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec }
    readonly ports?: readonly { readonly port: number; readonly targetPort: string }[]
    readonly maxUnavailable?: number
    readonly scaleTargetRef?: { readonly kind: string; readonly name: string }
    readonly minReplicas?: number
    readonly metrics?: readonly { readonly external?: { readonly metric: { readonly name: string } } }[]
    readonly rules?: readonly {
      readonly http: { readonly paths: readonly { readonly path: string; readonly backend: unknown }[] }
    }[]
  }
}

/** Files that docs/operate.md makes. The names are those of the overlay; what is in them is not looked at. */
const SECRETS = [
  'signing.jwk',
  'sessions.secret',
  'database.secret',
  'postgres-password',
  'redis-password',
  'redis-url',
]

export const render = async (overlay: Overlay | 'base'): Promise<readonly Manifest[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-kustomize-'))
  try {
    cpSync(join(ROOT, 'deploy/kustomize'), directory, {
      recursive: true,
      filter: (source) => !source.endsWith('/secrets'),
    })
    const secrets = join(directory, 'overlays/development/secrets')
    mkdirSync(secrets)
    for (const name of SECRETS) writeFileSync(join(secrets, name), `marker-${name}`)
    const place = join(directory, overlay === 'base' ? 'base' : `overlays/${overlay}`)
    const { code, output, complaint } = await tell('kubectl', ['kustomize', place], { HOME: directory })
    if (code !== 0) throw new Error(complaint)
    return parseAllDocuments(output).map((document): Manifest => document.toJS())
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

export type Workload = Manifest & { readonly template: { readonly labels: Labels; readonly pod: PodSpec } }

/** Whatever makes pods. */
export const workloadsOf = (manifests: readonly Manifest[]): readonly Workload[] =>
  manifests.flatMap((manifest) => {
    const template = manifest.spec?.template
    return template === undefined
      ? []
      : [{ ...manifest, template: { labels: template.metadata.labels, pod: template.spec } }]
  })

export const ofKind = (manifests: readonly Manifest[], kind: string): readonly Manifest[] =>
  manifests.filter((manifest) => manifest.kind === kind)

/** Whether a selector of labels means these; an empty one means all. */
export const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([name, value]) => labels[name] === value)
