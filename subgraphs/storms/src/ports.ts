/** What storms needs of the world outside it; a composition root decides what each of these is. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import type { ModelsPort } from '@stormops/models/port'
import type { PilotReportContext } from './report/document.ts'
import type { PilotReport } from './domain/pilot-report.ts'

export type RenderReport = (
  report: PilotReport,
  context: PilotReportContext,
) => Promise<{ readonly pdf: Uint8Array; readonly sha256: string }>

export type StormsPorts = {
  /** When the last good backup of the database ended; null when there was none. */
  readonly lastGoodBackupAt: (tx: Tx) => Promise<Date | null>
  readonly models: ModelsPort
  readonly files: TenantFiles
  readonly renderReport: RenderReport
  /** The address of a file for whoever holds it, until the given time. */
  readonly linkTo: (
    link: { readonly tenantId: string; readonly path: string; readonly purpose: 'download' | 'upload' },
    expiresAt: Date,
  ) => Promise<string>
}
