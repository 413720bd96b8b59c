/**
 * How much of a disk is kept free. PostgreSQL ends at once when it cannot write its log any more, and may need a person
 * to come back; so the platform stops writing while there is still room to work in.
 */

/** A part of the disk, an amount in bytes, or whichever of the two is less. */
export type DiskReserve = { readonly share: number | null; readonly bytes: number | null }

const GIB = 1_024 ** 3
const UNITS: Readonly<Record<string, number>> = { MiB: 1_024 ** 2, GiB: GIB, TiB: 1_024 * GIB }

/** 5 % of a small disk; of a large one no more than a day's growth of a busy platform. */
export const DEFAULT_DISK_RESERVE: DiskReserve = { share: 0.05, bytes: GIB }

export type ReadDiskReserve =
  | { readonly kind: 'read'; readonly reserve: DiskReserve | null }
  | { readonly kind: 'fault'; readonly message: string }

/** Reads `10%`, `512MiB`, or both with a comma for whichever is less; `off` for no reserve. */
export const readDiskReserve = (text: string): ReadDiskReserve => {
  if (text === 'off') return { kind: 'read', reserve: null }
  let share: number | null = null
  let bytes: number | null = null
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const [, percent] = /^(\d{1,2}(?:\.\d+)?)%$/.exec(part) ?? []
    const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d+)?)(MiB|GiB|TiB)$/.exec(part) ?? []
    if (percent !== undefined) share = Number(percent) / 100
    else if (amount !== undefined) bytes = Number(amount) * (UNITS[unit] ?? 1)
    else return { kind: 'fault', message: 'must be like 5%, 1GiB, 5%,1GiB for whichever is less, or off' }
  }
  return { kind: 'read', reserve: { share, bytes } }
}

/** Bytes of a disk of this size. */
export const reservedBytes = ({ share, bytes }: DiskReserve, size: number): number =>
  Math.min(share === null ? Infinity : share * size, bytes ?? Infinity)
