import { existsSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CREATE_UPLOAD } from '../storms/storm-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const filesKept = (): string[] => {
  const directory = join(world.home, 'files')
  return existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [entry.name] : [],
      )
    : []
}

/** Begins to send a megabyte, and hangs up once the first of it is on the disk. */
const sendHalf = async (url: string): Promise<void> => {
  const sending = request(url, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv', 'content-length': 1_000_000 },
  })
  sending.on('error', () => undefined)
  sending.write('external_id\n'.repeat(10_000))
  await until(async () => filesKept().length > 0)
  sending.destroy()
}

describe('an upload', () => {
  it('whose line goes dead leaves nothing, and can be sent again', async () => {
    const tenant = await world.tenant()
    const { createUpload } = await tenant.as('OWNER').data(CREATE_UPLOAD)
    const { url } = createUpload.upload
    await sendHalf(url)
    await until(async () => filesKept().length === 0)
    const again = await fetch(url, {
      method: 'PUT',
      body: 'external_id\nP-1\n',
      headers: { 'content-type': 'text/csv' },
    })
    expect(again.status).toBe(201)
    expect(filesKept()).toHaveLength(1)
  })

  it('without a body is the sender’s mistake', async () => {
    const tenant = await world.tenant()
    const { createUpload } = await tenant.as('OWNER').data(CREATE_UPLOAD)
    const response = await fetch(createUpload.upload.url, { method: 'PUT' })
    expect([response.status, (await response.text()).includes('BAD_INPUT')]).toEqual([400, true])
  })

  it('that is sent twice at once is taken once', async () => {
    const tenant = await world.tenant()
    const { createUpload } = await tenant.as('OWNER').data(CREATE_UPLOAD)
    const put = async (body: string): Promise<number> =>
      (await fetch(createUpload.upload.url, { method: 'PUT', body })).status
    expect((await Promise.all([put('external_id\na\n'), put('external_id\nb\n')])).toSorted()).toEqual([
      201, 400,
    ])
  })
})
