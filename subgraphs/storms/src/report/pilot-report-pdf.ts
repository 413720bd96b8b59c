/**
 * The printed pilot report: a tagged PDF/UA-1 whose bytes depend on the report and its context alone.
 */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { CompileDocArgs } from '@myriaddreamin/typst-ts-node-compiler'
import type { PilotReport } from '../domain/pilot-report.ts'
import type { PilotReportContext } from './document.ts'
import { PilotReportRenderError } from './pilot-report-render-error.ts'
import { pilotReportDocument } from './pilot-report-document.ts'
import { typefaceFiles } from './typeface.ts'

export type RenderedPilotReport = {
  readonly pdf: Uint8Array<ArrayBuffer>
  /** Lower-case hex of the bytes. */
  readonly sha256: string
}

/** The compiler reads nothing outside this directory, which holds the template and nothing else. */
const WORKSPACE = fileURLToPath(new URL('./template/', import.meta.url))
const TEMPLATE = fileURLToPath(new URL('./template/pilot-report.typ', import.meta.url))
const ACCESSIBLE_PDF = 'ua-1'

let compiler: NodeCompiler | undefined

function sharedCompiler(): NodeCompiler {
  compiler ??= NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: [...typefaceFiles()] }] })
  return compiler
}

/**
 * Renders the report as PDF/UA-1. Blocks its thread while it works; servers call `renderPilotReportInWorker`.
 * Throws PilotReportRenderError when the instant is none, or the template does not compile.
 */
export function renderPilotReport(report: PilotReport, context: PilotReportContext): RenderedPilotReport {
  const completedAt = Date.parse(context.completedAt)
  if (Number.isNaN(completedAt)) {
    throw new PilotReportRenderError('CONTEXT', `completedAt is not an instant: ${context.completedAt}`)
  }
  return withCompiler(report, context, (typst, template) => {
    const pdf = Uint8Array.from(
      typst.pdf(template, { pdfStandard: ACCESSIBLE_PDF, creationTimestamp: Math.floor(completedAt / 1000) }),
    )
    return { pdf, sha256: createHash('sha256').update(pdf).digest('hex') }
  })
}

/**
 * Hands the compiler and the report's template with its data to `use`, and makes the compiler forget both: its
 * memory belongs to the process and would keep the pages of every report ever made.
 *
 * `use` asks for the output directly. A compiled document as a value of its own holds native memory that the
 * garbage collector does not see, some 4 MB a report in a process that prints one after another.
 */
export function withCompiler<T>(
  report: PilotReport,
  context: PilotReportContext,
  use: (typst: NodeCompiler, template: CompileDocArgs) => T,
): T {
  const inputs = { report: JSON.stringify(pilotReportDocument(report, context)) }
  const typst = sharedCompiler()
  try {
    return use(typst, { mainFilePath: TEMPLATE, inputs })
  } catch (error) {
    throw new PilotReportRenderError('TEMPLATE', 'the compiler refused the document', { cause: error })
  } finally {
    typst.evictCache(0)
  }
}
