/** docker-compose and kubectl, which read deployment files without an engine or a cluster. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { installWithApt, onPath } from '../installing.ts'

const run = promisify(execFile)

/** The command and the package of Debian that brings it. Only what is missing is installed: another kubectl stays. */
const TOOLS = { 'docker-compose': 'docker-compose', kubectl: 'kubernetes-client' } as const
export type Tool = keyof typeof TOOLS

const howToInstall = (tool: Tool): string =>
  `The tests of the deployment need ${tool}, and it is not on the PATH. Install it (Debian: sudo apt-get install -y ${TOOLS[tool]}).`

/** Where it cannot be installed nothing happens: the tests that need it say how. */
export const provideDeployTools = async (): Promise<void> => {
  for (const [tool, name] of Object.entries(TOOLS)) {
    const failure = onPath(tool) === null ? await installWithApt(name) : null
    if (failure !== null) console.error(failure)
  }
}

export type Said = { readonly code: number; readonly output: string; readonly complaint: string }

const OUTPUT_BYTES = 16 * 1024 * 1024
const PATIENCE_MS = 60_000

/** What the tool says, with nothing in its environment but `environment`. */
export const tell = async (
  tool: Tool,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Said> => {
  const path = onPath(tool)
  if (path === null) throw new Error(howToInstall(tool))
  const options = {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    maxBuffer: OUTPUT_BYTES,
    timeout: PATIENCE_MS,
  }
  try {
    const { stdout, stderr } = await run(path, parameters, options)
    return { code: 0, output: stdout, complaint: stderr }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') throw error
    const [output, complaint] = ['stdout', 'stderr'].map((name) => String(Reflect.get(error, name)))
    return { code: error.code, output: output ?? '', complaint: complaint ?? '' }
  }
}
