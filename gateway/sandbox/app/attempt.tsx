/** Something a person asked for that takes a moment and may be refused, and the words for a refusal. */
import { useState } from 'react'
import type { ReactNode } from 'react'

export type Attempt = {
  readonly busy: boolean
  readonly problem: string | null
  readonly run: (work: () => Promise<void>) => void
}

export const useAttempt = (): Attempt => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const carried = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, run: (work) => void carried(work) }
}

export const Problem = ({ of }: { readonly of: Attempt }): ReactNode =>
  of.problem === null ? null : (
    <p className="problem" role="alert">
      {of.problem}
    </p>
  )
