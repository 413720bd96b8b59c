import { describe, expect, it } from 'vitest'
import type { PilotMeasurements } from '../domain/pilot-measurements.ts'
import type { Verdict } from '../domain/pilot-report.ts'
import { anArm, aStratum } from '../domain/pilot-example.ts'
import { pilotReportDocument } from './pilot-report-document.ts'
import { aPilotReport, exampleContext } from './pilot-report.example.ts'
import { anImport, anImportedReport } from './pilot-report-verdicts.example.ts'

/** Names of a tenant may say what they like; the words of the report may not. */
const context = { ...exampleContext, tenantName: 'Lone Star Services', stormName: 'Spring letters' }
const OURS = /\b(homes?|storms?|crews?|roofs?|polic(y|ies)|propert(y|ies)|jobs?)\b/i

const { design } = anImport()
const decile = (number: number) => ({
  ...aStratum([300, 1_000], [200, 1_000]),
  decile: number,
  predictedMean: 0.05,
  lowestScore: 0.01,
  highestScore: 0.1,
})
const bothEmpty = { treat: anArm(0, 0), control: anArm(0, 0) }

const EVERY_IMPORT: readonly [string, Partial<PilotMeasurements>, Verdict][] = [
  ['a plain one', {}, 'INCONCLUSIVE'],
  ['one without a cost', { design: { ...design, cost: null } }, 'INCONCLUSIVE'],
  ['one with hours of work', { design: { ...design, crewHours: 120 } }, 'INCONCLUSIVE'],
  [
    'one with scores and days',
    {
      deciles: [decile(1), { ...decile(2), ...bothEmpty }],
      ranking: { qiniArea: 1e6, upliftArea: 1e6, topTenth: decile(1), topThreeTenths: decile(1) },
      daily: [{ day: '2026-05-01', ...aStratum([30, 100], [20, 100]) }],
    },
    'INCONCLUSIVE',
  ],
  ['one with deciles of one arm', { deciles: [{ ...decile(1), ...bothEmpty }] }, 'INCONCLUSIVE'],
  ['one of a small lift', { primary: aStratum([2_300, 21_307], [2_262, 21_306]) }, 'UNSUCCESSFUL'],
  ['one with arms of the wrong size', { assigned: { treat: 25_000, control: 17_613 } }, 'INVALID'],
  ['one with rows named twice', { duplicates: 2 }, 'INCONCLUSIVE'],
  ['one without outcomes', { primary: bothEmpty }, 'NOT_ENOUGH_DATA'],
  ['one without a treated outcome', { primary: { ...bothEmpty, control: anArm(3, 40) } }, 'NOT_ENOUGH_DATA'],
  ['one without a control outcome', { primary: { ...bothEmpty, treat: anArm(3, 40) } }, 'NOT_ENOUGH_DATA'],
  ['one without rows', { primary: bothEmpty, assigned: { treat: 0, control: 0 } }, 'NOT_ENOUGH_DATA'],
  ['one where nobody converted', { primary: aStratum([0, 21_307], [0, 21_306]) }, 'UNSUCCESSFUL'],
  [
    'one of everything that a pilot here has',
    {
      touched: { treat: 21_000, control: 0 },
      rehash: { checked: 42_613, differences: 0 },
      primary: aStratum([6_400, 21_307], [2_262, 21_306]),
      dataQuality: { status: 'PASS', issues: [] },
      sloBreaches: 0,
    },
    'SUCCESS',
  ],
]

describe('the printed report of an experiment run elsewhere', () => {
  it.each(EVERY_IMPORT)('speaks of customers and nothing of ours: %s', (_, difference, verdict) => {
    const report = anImportedReport(difference)
    expect(report.verdict).toBe(verdict)
    const said = textsOf(pilotReportDocument(report, context))
    expect(said.length).toBeGreaterThan(100)
    expect(said.filter((text) => OURS.test(text.replaceAll('\u200B', '')))).toEqual([])
    expect(said.join(' ')).toContain('customers')
  })

  it('would be caught speaking of homes: the pilot of a storm does', () => {
    expect(textsOf(pilotReportDocument(aPilotReport(), context)).some((text) => OURS.test(text))).toBe(true)
  })

  it('answers on page one for its customers', () => {
    const { front, subtitle } = pilotReportDocument(anImportedReport(), context)
    expect(subtitle).toBe('Lone Star Services · Experiment run elsewhere')
    expect(front.verdict.headline).toBe('This experiment did not settle the question.')
    expect(front.verdict.answer).toMatch(/^Treated customers converted 18\.3% against 10\.6% in the control/)
    expect(front.verdict.reason).toBe('The lift is 7.7 points; the goal is at least 10 points.')
    expect(front.rests).toEqual([
      '21,307 treated customers compared with 21,306 customers of the control.',
      'The arms are those of the import: who drew them, and how, is not known here.',
      '3 of 3 validity gates that an import can answer pass.',
      '2 of 3 deciding criteria that an import can answer are met.',
    ])
    expect(front.next[0]).toContain('repeat it as a pilot here')
  })

  it('says in one sentence what no import brings', () => {
    const { notShown } = pilotReportDocument(anImportedReport(), context).front
    expect(notShown).toEqual([
      'Revenue per hour of work. Incremental revenue per hour of work is unknown; the goal is more than $100.00.',
      'Model quality: the imported experiment came without scores.',
      '1 of 2 segments are too small to be read.',
      'Touches, the draw and the data’s quality belong to pilots run here.',
    ])
  })

  it('still names what an import could have brought', () => {
    const report = anImportedReport({ design: { ...design, cost: null, expectedTreatShare: null } })
    const said = pilotReportDocument(report, context).front.notShown.join(' ')
    expect(said).toContain('The arms have the planned sizes')
    expect(said).toContain('No cost was given')
  })

  it('does not claim a plan that was fixed before the outcomes', () => {
    const [plan] = pilotReportDocument(anImportedReport(), context).sections
    const said = textsOf(plan).join(' ')
    expect(said).toContain('As the import states it.')
    expect(said).not.toMatch(/Fixed when the pilot started|Salt|hold-out|threshold/)
  })
})

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
