/**
 * The `stormops` command. What it is made of is compiled once and kept in the directory of temporary files, or where
 * NODE_COMPILE_CACHE says: without that, most of the time of a short command is spent on compiling.
 */
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./program.ts')
