/** Rules of Prometheus, as the files have them. */
import { globSync } from 'node:fs'
import { parse } from 'yaml'
import { read, ROOT } from './settings.ts'

export type Recording = { readonly record: string; readonly expr: string }
export type Alert = {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}
type Rule = Recording | Alert
type RuleFile = { readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[] }

export const RULE_FILES: readonly string[] = globSync('deploy/prometheus/rules/*.yml', {
  cwd: ROOT,
}).toSorted()

export const GROUPS = RULE_FILES.flatMap((path) => {
  const file: RuleFile = parse(read(path))
  return file.groups
})

const RULES: readonly Rule[] = GROUPS.flatMap(({ rules }) => rules)
export const ALERTS: readonly Alert[] = RULES.filter((rule) => 'alert' in rule)
export const RECORDINGS: readonly Recording[] = RULES.filter((rule) => 'record' in rule)
