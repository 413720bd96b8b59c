/** A cell that nobody can reach for a while, as if its server were gone. */
import { asked } from './a-cell.ts'
import type { TestCell } from './a-cell.ts'

/** `beside` is another database of the same server. */
export const whileAway = async (
  { database }: Pick<TestCell, 'database'>,
  beside: TestCell['admin'],
  work: () => Promise<void>,
): Promise<void> => {
  const name = database.admin.database
  await asked(beside, `alter database "${name}" with allow_connections false`)
  await asked(beside, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  try {
    await work()
  } finally {
    await asked(beside, `alter database "${name}" with allow_connections true`)
  }
}
