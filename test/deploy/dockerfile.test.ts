/** The image: every package is installed before the sources come, and what runs is no root and no secret. */
import { globSync } from 'node:fs'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { read, ROOT } from './settings.ts'

const DOCKERFILE = read('deploy/Dockerfile')
const LINES = DOCKERFILE.split('\n')
const IGNORED = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

describe('the Dockerfile', () => {
  it('has no fault that can be seen without building', () => {
    expect(validate(DOCKERFILE)).toEqual([])
    expect(validate(DOCKERFILE.replace('EXPOSE', 'EXPOSED'))).not.toEqual([])
  })

  it('stands on the Node that the platform is tested with, by a name to which a digest can be added', () => {
    const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(read('package.json'))
    expect(DOCKERFILE).toContain(`ARG NODE_IMAGE=node:${devDependencies['node']}-`)
    expect(LINES.filter((line) => line.startsWith('FROM '))).toEqual([
      'FROM ${NODE_IMAGE} AS installed',
      'FROM ${NODE_IMAGE}',
    ])
  })

  it('installs exactly what is locked, of every package of the workspace', () => {
    const { packages }: { packages: readonly string[] } = parse(read('pnpm-workspace.yaml'))
    const manifests = packages.flatMap((place) => globSync(`${place}/package.json`, { cwd: ROOT }))
    expect(manifests.length).toBeGreaterThan(8)
    const beforeInstall = DOCKERFILE.slice(0, DOCKERFILE.indexOf('RUN npx'))
    for (const manifest of manifests) {
      expect(beforeInstall).toContain(`COPY ${manifest} ./${manifest.slice(0, -'package.json'.length)}\n`)
    }
    expect(DOCKERFILE).toContain('install --prod --frozen-lockfile')
  })

  it('runs as nobody in particular, by a number, and begins with the process itself', () => {
    const final = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('FROM '))
    expect(final).toMatch(/^USER 1000:1000$/m)
    expect(final).toMatch(/^ENTRYPOINT \["node", .*"cli\/main\.ts"\]$/m)
    expect(final).toMatch(/^STOPSIGNAL SIGTERM$/m)
    expect(final).toContain('/readyz')
    expect(final).not.toMatch(/^(ENV|ARG) .*(PASSWORD|SECRET|TOKEN)/m)
  })
})

describe('what is left out of the image', () => {
  it('is data, secrets, history, and what only tests read', () => {
    for (const path of ['.git', '.stormops', '**/.env', '**/.env.*', '**/node_modules', 'test', 'deploy']) {
      expect(IGNORED).toContain(path)
    }
  })

  it('is nothing that a process imports', () => {
    const sources = globSync('{chassis,cli,gateway,schema,stripe-loopback,subgraphs}/**/*.ts', {
      cwd: ROOT,
      exclude: (path) => path.includes('node_modules'),
    }).filter((file) => !/\.(test|fixture)\.ts$/.test(file))
    expect(sources.length).toBeGreaterThan(100)
    const wrong = sources.filter((file) =>
      /from '[^']*(\.test|\.fixture|\/test\/|\/bench\/)[^']*'/.test(read(file)),
    )
    expect(wrong).toEqual([])
  })
})
