import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const require = createRequire(import.meta.url)

export default defineConfig({
  resolve: {
    // Two module systems would otherwise load two copies of graphql, and `instanceof` checks between them fail.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: ['{chassis,cli,gateway,schema,subgraphs,test}/**/*.test.ts'],
    globalSetup: ['test/world/server.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
