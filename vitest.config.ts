import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const require = createRequire(import.meta.url)

export default defineConfig({
  resolve: {
    // Two module systems would otherwise load two copies of graphql, and `instanceof` checks between them fail.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: ['{chassis,cli,gateway,schema,stripe-loopback,subgraphs,test}/**/*.test.ts'],
    globalSetup: ['test/world/server.ts'],
    // A process each: the report's compiler is a native addon, and tests count the threads and signals of their own.
    pool: 'forks',
    // One for each core, and one for while the others wait: a fifth of the time for a deadline or a process.
    maxWorkers: availableParallelism() + 1,
    // Of the processes that tests start, most of the beginning is compiling.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'node-compile') },
    // No test is of time: these only end what hangs, on machines however busy.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    // What was expected is said whole where only the message is kept.
    chaiConfig: { truncateThreshold: 1_000 },
  },
})
