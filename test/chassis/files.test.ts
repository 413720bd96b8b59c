import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import type { Link } from '@stormops/chassis/files/signed-link'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import { signToken, temporaryKeys, tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const US = '018f0000-0000-7000-8000-000000000001'
const THEM = '018f0000-0000-7000-8000-000000000002'
const NOON = new Date('2026-05-01T12:00:00Z')
const ONE = new Date('2026-05-01T13:00:00Z')
const NOT_FOUND = { name: 'Fault', code: 'NOT_FOUND' }

const home = mkdtempSync(join(tmpdir(), 'stormops-files-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const files = localFiles(home)
const everyFile = (): string[] =>
  existsSync(join(home, 'files'))
    ? readdirSync(join(home, 'files'), { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [entry.name] : [],
      )
    : []

describe('a company’s file', () => {
  it('is what was put there, and is not there for another company', async () => {
    await files.put(US, 'pilots/1/report.pdf', Buffer.from('a report'))
    expect(String(await buffer(await files.stream(US, 'pilots/1/report.pdf')))).toBe('a report')
    expect(await files.size(US, 'pilots/1/report.pdf')).toBe(8)
    expect(await files.exists(THEM, 'pilots/1/report.pdf')).toBe(false)
    await expect(files.stream(THEM, 'pilots/1/report.pdf')).rejects.toMatchObject(NOT_FOUND)
    await expect(files.size(THEM, 'pilots/1/report.pdf')).rejects.toMatchObject(NOT_FOUND)
  })

  it.each([
    `../${US}/pilots/1/report.pdf`,
    '..',
    '.',
    '',
    '/etc/passwd',
    'pilots/../../x',
    'pilots//x',
    'pilots/./x',
    '.hidden',
    'pilots\\..\\x',
    'pilots/x\0.pdf',
    'pilots/x\n',
    'pilots/x y',
    'pilots/%2e%2e/x',
    'x'.repeat(201),
  ])('never lies at %j', async (path) => {
    writeFileSync(join(home, 'outside'), 'a secret')
    const before = everyFile()
    await expect(async () => files.put(US, path, Buffer.from('x'))).rejects.toMatchObject({ name: 'Fault' })
    await expect(files.putStream(US, path, Readable.from(['x']))).rejects.toMatchObject({ name: 'Fault' })
    await expect(async () => files.exists(US, path)).rejects.toMatchObject({ name: 'Fault' })
    await expect(files.size(US, path)).rejects.toMatchObject({ name: 'Fault' })
    await expect(files.stream(US, path)).rejects.toMatchObject({ name: 'Fault' })
    expect(everyFile()).toEqual(before)
  })

  it.each(['..', '', '*', `${US}/..`, 'tenants'])('is not a company’s whose id is %j', async (tenantId) => {
    await expect(files.stream(tenantId, 'pilots/1/report.pdf')).rejects.toMatchObject({ name: 'Fault' })
  })

  it('is there only when all of it has arrived', async () => {
    await files.putStream(US, 'uploads/whole', Readable.from(['one, ', 'two']))
    expect(String(await buffer(await files.stream(US, 'uploads/whole')))).toBe('one, two')
    expect(everyFile().filter((name) => name.includes('part'))).toEqual([])
  })

  it('that breaks off leaves nothing', async () => {
    const before = everyFile()
    const breaking = Readable.from(
      (async function* () {
        yield 'the first half'
        throw new Error('the line went dead')
      })(),
    )
    await expect(files.putStream(US, 'uploads/half', breaking)).rejects.toThrow('the line went dead')
    expect(await files.exists(US, 'uploads/half')).toBe(false)
    expect(everyFile()).toEqual(before)
  })

  it('that breaks off leaves the one that was there', async () => {
    await files.put(US, 'uploads/kept', Buffer.from('the first'))
    const breaking = new Readable({ read: () => undefined })
    breaking.push('the sec')
    const writing = files.putStream(US, 'uploads/kept', breaking)
    breaking.destroy(new Error('the line went dead'))
    await expect(writing).rejects.toThrow('the line went dead')
    expect(String(await buffer(await files.stream(US, 'uploads/kept')))).toBe('the first')
  })

  it('sent twice at once is one of the two, whole', async () => {
    const [one, other] = ['a'.repeat(300_000), 'b'.repeat(300_000)]
    const chunked = (text: string): Readable =>
      Readable.from(
        Array.from({ length: 30 }, (_, place) => text.slice(place * 10_000, (place + 1) * 10_000)),
      )
    await Promise.allSettled([
      files.putStream(US, 'uploads/twice', chunked(one)),
      files.putStream(US, 'uploads/twice', chunked(other)),
    ])
    const stored = String(await buffer(await files.stream(US, 'uploads/twice')))
    expect([one, other].includes(stored)).toBe(true)
    expect(everyFile().filter((name) => name.includes('part'))).toEqual([])
  })
})

describe('a signed link', () => {
  let keys: SigningKeys
  beforeAll(async () => {
    keys = await temporaryKeys()
  })
  const at = (now: Date) => signedLinks(keys, { now: () => now })
  const aLink: Link = { tenantId: US, path: 'pilots/1/report.pdf', purpose: 'download' }

  it('opens the one file for the one purpose until its time', async () => {
    const token = await at(NOON).sign(aLink, ONE)
    expect(await at(NOON).read(token, 'download')).toEqual(aLink)
    expect(await at(new Date(ONE.getTime() - 1000)).read(token, 'download')).toEqual(aLink)
    await expect(at(ONE).read(token, 'download')).rejects.toMatchObject(NOT_FOUND)
  })

  it('to fetch is not one to send', async () => {
    const token = await at(NOON).sign(aLink, ONE)
    await expect(at(NOON).read(token, 'upload')).rejects.toMatchObject(NOT_FOUND)
  })

  it('that was changed opens nothing', async () => {
    const token = await at(NOON).sign(aLink, ONE)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...claims, tid: THEM })).toString('base64url')
    await expect(at(NOON).read(`${header}.${changed}.${signature}`, 'download')).rejects.toMatchObject(
      NOT_FOUND,
    )
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    await expect(at(NOON).read(`${unsigned}.${payload}.`, 'download')).rejects.toMatchObject(NOT_FOUND)
  })

  it('of another platform opens nothing', async () => {
    const theirs = signedLinks(await temporaryKeys(), { now: () => NOON })
    await expect(at(NOON).read(await theirs.sign(aLink, ONE), 'download')).rejects.toMatchObject(NOT_FOUND)
  })

  it('is no token to sign in with, and a token is no link', async () => {
    const clock = { now: () => NOON }
    const link = await at(NOON).sign(aLink, ONE)
    await expect(tokenVerifier(keys, clock)(link)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const token = await signToken(
      keys,
      { subject: 'usr_1', kind: 'USER', tenantId: US, role: 'OWNER' },
      clock,
      3_600,
    )
    await expect(at(NOON).read(token, 'download')).rejects.toMatchObject(NOT_FOUND)
  })
})
