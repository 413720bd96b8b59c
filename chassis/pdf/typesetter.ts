/**
 * Documents on paper: a template and its data become a tagged PDF whose bytes depend on both and on nothing else,
 * neither clock nor machine. The data are text and numbers; nothing of them is evaluated.
 */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { CompileDocArgs } from '@myriaddreamin/typst-ts-node-compiler'
import { sha256Hex } from '../values/canonical.ts'
import { PrintError } from './print-error.ts'
import { typefaceFiles } from './typeface.ts'

export type PrintedPdf = {
  readonly pdf: Uint8Array<ArrayBuffer>
  /** Lower-case hex of the bytes. */
  readonly sha256: string
}

/** `ua-1` is accessible; `a-3a` is that too, made to be kept for decades, and may carry files. */
export type PdfStandard = 'ua-1' | 'a-3a'

/** What the template reads as `sys.inputs`. */
export type TemplateInputs = Readonly<Record<string, string>>

export type Typesetter = {
  /** Blocks its thread while it works; servers print in a thread of its own (see printing-thread.ts). */
  readonly pdf: (inputs: TemplateInputs, standard: PdfStandard, datedAt: Date) => PrintedPdf
  /**
   * Hands the compiler and the template with its data to `use`, and makes the compiler forget both: its memory
   * belongs to the process and would keep the pages of every document ever made.
   *
   * `use` asks for the output directly. A compiled document as a value of its own holds native memory that the
   * garbage collector does not see, some 4 MB a report in a process that prints one after another.
   */
  readonly use: <T>(inputs: TemplateInputs, use: (compiler: NodeCompiler, template: CompileDocArgs) => T) => T
}

/**
 * Of one template. The compiler reads nothing outside the template's own folder and uses no font of the machine.
 * Throws PrintError: INPUT when the date is none, TEMPLATE when the document does not compile.
 */
export const typesetter = (template: URL): Typesetter => {
  const mainFilePath = fileURLToPath(template)
  const workspace = dirname(mainFilePath)
  let compiler: NodeCompiler | undefined
  const use: Typesetter['use'] = (inputs, work) => {
    compiler ??= NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: [...typefaceFiles()] }] })
    try {
      return work(compiler, { mainFilePath, inputs })
    } catch (error) {
      throw new PrintError('TEMPLATE', 'the compiler refused it', { cause: error })
    } finally {
      compiler.evictCache(0)
    }
  }
  return {
    use,
    pdf: (inputs, standard, datedAt) => {
      const creationTimestamp = Math.floor(datedAt.getTime() / 1000)
      if (Number.isNaN(creationTimestamp)) throw new PrintError('INPUT', 'its date is no instant')
      return use(inputs, (typst, main) => {
        const pdf = Uint8Array.from(typst.pdf(main, { pdfStandard: standard, creationTimestamp }))
        return { pdf, sha256: sha256Hex(pdf) }
      })
    },
  }
}
