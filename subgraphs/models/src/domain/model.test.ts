import { describe, expect, it } from 'vitest'
import { championOf, modelNameFault, modelsOf } from './model.ts'
import type { ModelVersion } from './model.ts'

const aVersion = (traits: Partial<ModelVersion> = {}): ModelVersion => ({
  id: '00000000-0000-7000-8000-000000000001',
  modelName: 'uplift',
  version: 'v1',
  kind: 'XGBOOST_UPLIFT_PAIR',
  state: 'REGISTERED',
  artifactSha256: 'a'.repeat(64),
  features: ['hail_max_in'],
  treeCount: 2,
  reference: null,
  registeredAt: new Date('2026-03-01T00:00:00Z'),
  ...traits,
})

describe('the names of a new version', () => {
  it.each([
    { name: 'uplift', version: 'v2' },
    { name: 'uplift-hail-2', version: '2026.03_rc-1' },
    { name: 'x'.repeat(60), version: 'V'.repeat(60) },
  ])('are taken: $name $version', (names) => {
    expect(modelNameFault(names)).toBeNull()
  })

  it.each(['', 'Uplift', 'up lift', '-uplift', 'uplift-', 'up--lift', 'x'.repeat(61), 'uplift\n', 'аplift'])(
    'are refused for the model’s name %j',
    (name) => {
      expect(modelNameFault({ name, version: 'v1' })?.field).toBe('name')
    },
  )

  it.each(['', '.v1', 'v 1', 'v1\n', 'v'.repeat(61), 'v1/2'])(
    'are refused for the version’s name %j',
    (version) => {
      expect(modelNameFault({ name: 'uplift', version })?.field).toBe('version')
    },
  )
})

describe('the versions of a company', () => {
  it('are listed under their models by name, newest first', () => {
    const versions = [
      aVersion({ version: 'v1', registeredAt: new Date('2026-01-01') }),
      aVersion({ version: 'v3', id: '00000000-0000-7000-8000-000000000003' }),
      aVersion({ version: 'v2', id: '00000000-0000-7000-8000-000000000002' }),
      aVersion({ modelName: 'hail' }),
    ]
    expect(
      modelsOf(versions).map((model) => [model.name, model.versions.map(({ version }) => version)]),
    ).toEqual([
      ['hail', ['v1']],
      ['uplift', ['v3', 'v2', 'v1']],
    ])
  })

  it('have a champion only where one was made', () => {
    const champion = aVersion({ version: 'v2', state: 'CHAMPION' })
    expect(championOf({ name: 'uplift', versions: [aVersion(), champion] })).toBe(champion)
    expect(championOf({ name: 'uplift', versions: [aVersion()] })).toBeNull()
  })
})
