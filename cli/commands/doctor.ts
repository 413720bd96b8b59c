/** `doctor`: looks at all that the platform stands on, and says what is wrong and what to do. */
import { styleText } from 'node:util'
import type { Command } from 'commander'
import { ConfigFault, readConfig } from '@stormops/chassis/config'
import { databaseChecks } from '../doctor/database.ts'
import { examine } from '../doctor/finding.ts'
import type { Examined } from '../doctor/finding.ts'
import { neighbourChecks } from '../doctor/neighbours.ts'
import { placeChecks } from '../doctor/place.ts'
import { printLine } from '../terminal.ts'

export const doctorCommand = (program: Command): void => {
  program
    .command('doctor')
    .description(
      'look at configuration, disk, keys, database and whatever is talked to; changes nothing, and exits with 1 when something is ill',
    )
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const examined = await examineAll(process.env)
      const isHealthy = examined.every(({ kind }) => kind !== 'ill')
      if (json === true) printLine(JSON.stringify({ healthy: isHealthy, checks: examined }))
      else for (const line of tableOf(examined)) printLine(line)
      process.exitCode = isHealthy ? 0 : 1
    })
}

const CONFIGURATION = 'Configuration'

const examineAll = async (environment: NodeJS.ProcessEnv): Promise<readonly Examined[]> => {
  try {
    const config = readConfig(environment)
    const checks = [...placeChecks(config), ...databaseChecks(config), ...neighbourChecks(config)]
    return [
      { name: CONFIGURATION, kind: 'well', detail: `${config.environment}, home ${config.home}` },
      ...(await examine(checks)),
    ]
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error
    const remedy = 'Correct it; .env.example has every variable. Nothing else was looked at.'
    return error.faults.map((detail) => ({ name: CONFIGURATION, kind: 'ill', detail, remedy }))
  }
}

const MARKS = {
  well: styleText('green', '✓'),
  ill: styleText('red', '✗'),
  skipped: styleText('dim', '–'),
} as const

const tableOf = (examined: readonly Examined[]): readonly string[] => {
  const width = Math.max(...examined.map(({ name }) => name.length))
  return examined.flatMap((one) => [
    `${MARKS[one.kind]} ${one.name.padEnd(width)}  ${one.kind === 'skipped' ? styleText('dim', one.detail) : one.detail}`,
    ...(one.kind === 'ill' ? [`${' '.repeat(width + 4)}→ ${one.remedy}`] : []),
  ])
}
