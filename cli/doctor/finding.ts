/** What was looked at and how it is: well, ill with what to do, or not looked at and why. */

export type Finding =
  | { readonly kind: 'well'; readonly detail: string }
  | { readonly kind: 'ill'; readonly detail: string; readonly remedy: string }
  | { readonly kind: 'skipped'; readonly detail: string }

export type Check = { readonly name: string; readonly look: () => Promise<Finding> }

export type Examined = Finding & { readonly name: string }

export const well = (detail: string): Finding => ({ kind: 'well', detail })
export const ill = (detail: string, remedy: string): Finding => ({ kind: 'ill', detail, remedy })
export const skipped = (detail: string): Finding => ({ kind: 'skipped', detail })

/** Milliseconds for one look. Whatever takes longer is as good as away. */
export const PATIENCE_MS = 5_000

/** One after the other, so that the first that is ill stands above those that follow from it. Never throws. */
export const examine = async (checks: readonly Check[]): Promise<readonly Examined[]> => {
  const examined: Examined[] = []
  for (const { name, look } of checks) {
    const finding = await look().catch((error: unknown) => ill(messageOf(error), UNFORESEEN))
    examined.push({ name, ...finding })
  }
  return examined
}

const UNFORESEEN = 'This was not foreseen; LOG_LEVEL=debug of the process that fails says more.'

/** Errors of several addresses, as of localhost, carry their reasons inside. */
export const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
