/**
 * What is known of a trial before its outcomes: the plan of a pilot, fixed when it started, or the little that an
 * import says of an experiment run elsewhere.
 */
import type { PilotDesign } from '../domain/pilot-measurements.ts'
import type { PilotReport } from '../domain/pilot-report.ts'
import type { PilotReportContext, Section } from './document.ts'
import { count, instant, money, number, percent, points } from './figures-in-words.ts'
import { modeLabel } from './labels.ts'
import { whyMissing } from './missing-figures.ts'
import { orMissing, unavailable } from './trust-sections.ts'
import type { Fact } from './trust-sections.ts'

const notStated = (): string => unavailable(whyMissing.notStated())
const share = (value: number | null): string => (value === null ? notStated() : percent(value))
const cost = (design: PilotDesign): Fact => ({
  label: 'Cost',
  value: orMissing(design.cost === null ? null : money(design.cost, design.currency), 'none was given'),
})
const hours = (label: string, { crewHours }: PilotDesign): Fact => ({
  label,
  value: orMissing(crewHours === null ? null : number(crewHours, 1), 'none were given'),
})

/** The plan of a pilot, or what an import says of its experiment. */
export function designSection({ design }: PilotReport, context: PilotReportContext): Section {
  return design.kind === 'IMPORTED' ? importedDesign(design) : plannedDesign(design, context)
}

function importedDesign(design: PilotDesign): Section {
  return {
    heading: 'Design',
    blocks: [
      {
        kind: 'paragraph',
        text: 'As the import states it. The experiment was run elsewhere, and its outcomes were known before it came here.',
      },
      {
        kind: 'facts',
        across: 1,
        facts: [
          { label: 'Experiment', value: design.name },
          { label: 'Kind', value: 'Imported experiment' },
          { label: 'Hypothesis', value: design.hypothesis },
          { label: 'Primary metric', value: design.primaryMetric },
        ],
      },
      {
        kind: 'facts',
        across: 2,
        facts: [
          { label: 'Imported customers', value: count(design.plannedN) },
          { label: 'Planned share treated', value: share(design.expectedTreatShare) },
          cost(design),
          hours('Hours of work', design),
        ],
      },
    ],
  }
}

/** What was fixed before the first outcome. */
function plannedDesign(design: PilotDesign, { timeZone = 'UTC' }: PilotReportContext): Section {
  const when = (iso: string | null) => (iso === null ? notStated() : instant(iso, timeZone))
  const plan: Fact[] = [
    { label: 'Pilot', value: design.name },
    { label: 'Kind', value: 'Policy applied by StormOps' },
    { label: 'Hypothesis', value: design.hypothesis },
    { label: 'Primary metric', value: design.primaryMetric },
    { label: 'Model version', value: design.modelVersion ?? notStated() },
    { label: 'Salt of the draw', value: design.salt ?? notStated() },
    { label: 'Window opens', value: when(design.windowStart) },
    { label: 'Window closes', value: when(design.windowEnd) },
  ]
  const facts: Fact[] = [
    { label: 'Planned homes', value: count(design.plannedN) },
    { label: 'Planned share treated', value: share(design.expectedTreatShare) },
    {
      label: 'Lift the plan can detect',
      value: orMissing(
        design.minimumDetectableEffect === null
          ? null
          : `${points(design.minimumDetectableEffect)} at 80% power`,
        'no control was planned',
      ),
    },
    { label: 'Policy mode', value: design.policyMode === null ? notStated() : modeLabel(design.policyMode) },
    {
      label: 'Score threshold',
      value: design.threshold === null ? notStated() : number(design.threshold, 2),
    },
    { label: 'Random hold-out', value: share(design.holdoutShare) },
    { label: 'Exploration below threshold', value: share(design.explorationShare) },
    {
      label: 'Capacity',
      value: design.capacityShare === null ? 'No cap' : `At most ${percent(design.capacityShare)}`,
    },
    cost(design),
    hours('Crew hours', design),
  ]
  return {
    heading: 'Design',
    blocks: [
      { kind: 'paragraph', text: 'Fixed when the pilot started, before any outcome was known.' },
      { kind: 'facts', across: 1, facts: plan },
      { kind: 'facts', across: 2, facts },
    ],
  }
}
