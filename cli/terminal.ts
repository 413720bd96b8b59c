/** What a person sees: one timed line per step, money and points in words. */
import { styleText } from 'node:util'
import type { Progress } from './running.ts'

export type Print = (line: string) => void

export const printLine: Print = (line) => void process.stdout.write(`${line}\n`)

const SECOND = 1_000

/** Prints a line when a step is done, or has failed, with the seconds it took. */
export const timedSteps =
  (print: Print): Progress =>
  async (title, work) => {
    const begun = performance.now()
    const seconds = (): string => `${((performance.now() - begun) / SECOND).toFixed(1).padStart(5)} s`
    try {
      const result = await work()
      print(`${styleText('green', '✓')} ${styleText('dim', seconds())}  ${title}`)
      return result
    } catch (error) {
      print(`${styleText('red', '✗')} ${styleText('dim', seconds())}  ${title}`)
      throw error
    }
  }

const CENTS = 100

export const inDollars = ({
  minorUnits,
  currency,
}: {
  readonly minorUnits: number
  readonly currency: string
}): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    minorUnits / CENTS,
  )

export const inPoints = (share: number): string =>
  `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.abs(share * 100).toFixed(1)} points`

export const inPercent = (share: number): string =>
  new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 }).format(share)

export const heading = (text: string): string => styleText('bold', text)
