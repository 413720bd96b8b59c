/** Alert rules and dashboards: Prometheus can read them, they ask for what is told, and each alert says what to do. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { NAMES_IN_CODE, OF_PROMETHEUS, OF_THE_PROCESS, withoutSuffix } from './figures.ts'
import { readExpression } from './promql.ts'
import { ALERTS, GROUPS, RECORDINGS, RULE_FILES } from './rule-files.ts'
import { ANCHORS, firstColumn, sectionOf } from './runbooks.ts'
import { PORTS, PROCESSES, read, ROOT } from './settings.ts'

type Panel = {
  readonly id: number
  readonly title: string
  readonly type: string
  readonly description?: string
  readonly datasource?: { readonly uid: string }
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly { readonly expr: string }[]
}
type Dashboard = { readonly uid: string; readonly title: string; readonly panels: readonly Panel[] }

const DASHBOARDS: readonly Dashboard[] = globSync('deploy/grafana/dashboards/*.json', { cwd: ROOT }).map(
  (file) => {
    const dashboard: Dashboard = JSON.parse(read(file))
    return dashboard
  },
)

const panels = DASHBOARDS.flatMap((dashboard) =>
  dashboard.panels.map((panel) => ({ ...panel, of: dashboard.title })),
)

const EXPRESSIONS: readonly { readonly where: string; readonly expr: string }[] = [
  ...RECORDINGS.map(({ record, expr }) => ({ where: record, expr })),
  ...ALERTS.map(({ alert, expr }) => ({ where: alert, expr })),
  ...panels.flatMap(({ of, title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: `${of}: ${title}`, expr })),
  ),
]

let world: World
let told: ReadonlySet<string>
beforeAll(async () => {
  // In one process, whose metrics are all that there are.
  world = await openWorld({ meter: 'ledger', shape: 'process' })
  const text = await (await fetch(`${world.url}/metrics`)).text()
  told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name))
})
afterAll(() => world.close())

const isTold = (name: string): boolean =>
  NAMES_IN_CODE.has(name) || told.has(name) || OF_THE_PROCESS.includes(name)

const recorded = new Set(RECORDINGS.map(({ record }) => record))

describe('an expression', () => {
  it('is found before it is judged', () => {
    expect(RULE_FILES.length).toBeGreaterThan(3)
    expect(DASHBOARDS.length).toBe(4)
    expect(EXPRESSIONS.length).toBeGreaterThan(80)
    expect(told.size).toBeGreaterThan(10)
    expect(NAMES_IN_CODE.size).toBeGreaterThan(10)
    expect(readExpression('sum(rate(a_total[5m]) by').faults).not.toEqual([])
    expect(readExpression('sum by (x) (a_total{b="c"}) / d').names).toEqual(['a_total', 'd'])
  })

  it.each(EXPRESSIONS)('of $where is PromQL', ({ expr }) => {
    expect(readExpression(expr).faults).toEqual([])
  })

  it('asks for what some process tells, Prometheus makes, or another rule records', () => {
    const unknown = EXPRESSIONS.flatMap(({ where, expr }) =>
      readExpression(expr)
        .names.filter((name) => !recorded.has(name) && !OF_PROMETHEUS.includes(name))
        .filter((name) => !isTold(name) && !isTold(withoutSuffix(name)))
        .map((name) => `${where}: ${name}`),
    )
    expect(unknown).toEqual([])
  })
})

const SEVERITIES = ['critical', 'warning', 'info']

describe('an alert', () => {
  it('has a name of its own', () => {
    const names = ALERTS.map(({ alert }) => alert)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^([A-Z][a-z]+)+$/.test(name))).toEqual([])
    const groups = GROUPS.map(({ name }) => name)
    expect(new Set(groups).size).toBe(groups.length)
  })

  it.each(ALERTS)('$alert says how loud it is, what is wrong, and what to do', ({ labels, annotations }) => {
    expect(SEVERITIES).toContain(labels['severity'])
    expect(annotations['summary']).toMatch(/\.$/)
    expect(annotations['description']).toMatch(/\.$/)
    const [page, anchor = ''] = (annotations['runbook_url'] ?? '').split('#')
    expect(page).toBe('docs/operate.md')
    expect([...ANCHORS]).toContain(anchor)
  })

  it('is in the table of the handbook, with its severity and its runbook', () => {
    const section = sectionOf('What is measured, and what wakes somebody')
    expect(firstColumn(section).toSorted()).toEqual(ALERTS.map(({ alert }) => alert).toSorted())
    for (const { alert, labels, annotations } of ALERTS) {
      const anchor = annotations['runbook_url']?.split('#')[1]
      const row = section.split('\n').find((line) => line.startsWith(`| \`${alert}\` |`))
      expect(row).toContain(`| ${labels['severity']?.toUpperCase()} | [${anchor}](#${anchor}) |`)
    }
  })

  it('fires for each of what was promised to be watched', () => {
    const thresholds: readonly (readonly [string, string])[] = [
      ['JobsFail', '> 0.1'],
      ['QueueBacklog', '> 100'],
      ['WebhooksFail', '> 0.05'],
      ['NoJobProcessed', '> 3600'],
      ['WorkersTooMany', '< 0.3'],
      ['WorkersTooFew', '> 50'],
      ['BackupTooOld', '> 26 * 3600'],
    ]
    for (const [name, threshold] of thresholds) {
      expect(ALERTS.find(({ alert }) => alert === name)?.expr).toContain(threshold)
    }
  })
})

type Scrape = {
  readonly job_name: string
  readonly honor_labels?: boolean
  readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly port: number }[]
}

describe('Prometheus', () => {
  const config: { readonly rule_files: readonly string[]; readonly scrape_configs: readonly Scrape[] } =
    parse(read('deploy/prometheus/prometheus.yml'))

  it('reads every rule, and asks every process at its port', () => {
    const loaded = config.rule_files.flatMap((pattern) =>
      globSync(pattern, { cwd: join(ROOT, 'deploy/prometheus') }),
    )
    expect(loaded.map((file) => `deploy/prometheus/${file}`).toSorted()).toEqual(RULE_FILES)
    const asked = config.scrape_configs.flatMap(({ dns_sd_configs: names = [] }) =>
      names.map(({ names: [name], port }) => [name, port]),
    )
    expect(asked).toEqual(PROCESSES.map((name) => [name, PORTS.get(name)]))
  })

  it('keeps the names of jobs, which would else give way to its own label of that name', () => {
    const ours = config.scrape_configs.filter(({ job_name: name }) => name.startsWith('stormops-'))
    expect(ours.map(({ honor_labels: honor }) => honor)).toEqual([true, true, true])
    const asked = EXPRESSIONS.flatMap(({ expr }) =>
      [...expr.matchAll(/job=~?"(stormops-[^"]+)"/g)].map(([, name]) => name),
    )
    expect(asked.length).toBeGreaterThan(10)
    const names = new Set([...ours.map(({ job_name: name }) => name), 'stormops-.+'])
    expect(asked.filter((name) => !names.has(name ?? ''))).toEqual([])
  })
})

describe('a dashboard', () => {
  it.each(DASHBOARDS)(
    '$title has panels that say what they show, beside each other and not upon',
    ({ panels: own }) => {
      expect(own.length).toBeGreaterThan(8)
      expect(new Set(own.map(({ id }) => id)).size).toBe(own.length)
      const taken = new Set<string>()
      for (const { type, description, datasource, gridPos, targets } of own) {
        const { x, y, w, h } = gridPos
        expect(x + w).toBeLessThanOrEqual(24)
        for (let column = x; column < x + w; column++) {
          for (let row = y; row < y + h; row++) {
            expect(taken.has(`${column},${row}`)).toBe(false)
            taken.add(`${column},${row}`)
          }
        }
        if (type === 'row') continue
        expect(description).toMatch(/\.$/)
        expect(targets?.length).toBeGreaterThan(0)
        expect(datasource?.uid).toBe('prometheus')
      }
    },
  )

  it('is where Grafana looks, and asks the Prometheus that it knows', () => {
    const source: { datasources: readonly { uid: string; url: string }[] } = parse(
      read('deploy/grafana/provisioning/datasources/prometheus.yml'),
    )
    expect(source.datasources).toMatchObject([{ uid: 'prometheus', url: 'http://prometheus:9090' }])
    expect(read('deploy/grafana/provisioning/dashboards/stormops.yml')).toContain(
      'path: /etc/grafana/dashboards',
    )
    expect(read('docker-compose.yml')).toContain('./deploy/grafana/dashboards:/etc/grafana/dashboards:ro')
    expect(new Set(DASHBOARDS.map(({ uid }) => uid)).size).toBe(DASHBOARDS.length)
  })
})
