import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFaultProxy } from './fault-proxy.ts'
import type { FaultProxy } from './fault-proxy.ts'

/** Answers every line with the same in capitals. */
let server: Server
let proxy: FaultProxy
let heard: string[]
const sockets: Socket[] = []
beforeEach(async () => {
  heard = []
  server = createServer((socket) => {
    socket.setEncoding('utf8').on('error', () => undefined)
    socket.on('data', (text) => {
      heard.push(String(text))
      socket.write(String(text).toUpperCase())
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  proxy = await openFaultProxy({
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
  })
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await proxy.close()
  server.close()
})

type Caller = { readonly socket: Socket; readonly said: () => string; readonly ended: Promise<string> }

const call = async (): Promise<Caller> => {
  const socket = connect(proxy.port, proxy.host)
  sockets.push(socket)
  let said = ''
  socket.setEncoding('utf8').on('data', (text) => (said += String(text)))
  const ended = new Promise<string>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.on('close', () => resolve('closed'))
  })
  await once(socket, 'connect')
  return { socket, said: () => said, ended }
}

const hears = (caller: Caller, text: string): Promise<void> =>
  expect.poll(caller.said, { interval: 5 }).toBe(text)

describe('a line', () => {
  it('passes bytes both ways, and the end of one side to the other', async () => {
    const caller = await call()
    caller.socket.write('hail')
    await hears(caller, 'HAIL')
    caller.socket.end()
    expect(await caller.ended).toBe('closed')
    expect(proxy.counts()).toMatchObject({ accepted: 1, asked: 4, answered: 4 })
    await expect.poll(() => proxy.counts().open).toBe(0)
  })

  it('that is slow holds each piece for its time', async () => {
    const caller = await call()
    proxy.set({ kind: 'delay', milliseconds: 60, jitter: 0 })
    const started = performance.now()
    caller.socket.write('slow')
    await hears(caller, 'SLOW')
    // Once on the way there and once on the way back.
    expect(performance.now() - started).toBeGreaterThan(115)
  })

  it('that is thin lets little through, and all in the end', async () => {
    const caller = await call()
    proxy.set({ kind: 'throttle', bytesPerSecond: 200 })
    caller.socket.write('x'.repeat(40))
    const started = performance.now()
    await hears(caller, 'X'.repeat(40))
    expect(performance.now() - started).toBeGreaterThan(150)
  })

  it('that is cut resets whoever is there and whoever comes, until it is mended', async () => {
    const caller = await call()
    await proxy.during({ kind: 'cut' }, async () => {
      expect(await caller.ended).toBe('ECONNRESET')
      const other = connect(proxy.port, proxy.host)
      const [error] = await once(other, 'error')
      expect(error.code).toBe('ECONNRESET')
    })
    const after = await call()
    after.socket.write('again')
    await hears(after, 'AGAIN')
  })

  it('into a black hole says nothing and loses nothing once it is mended', async () => {
    const caller = await call()
    proxy.set({ kind: 'black-hole' })
    caller.socket.write('lost?')
    await sleep(100)
    expect([heard, caller.said()]).toEqual([[], ''])
    proxy.set({ kind: 'pass' })
    await hears(caller, 'LOST?')
  })

  it('that is half open delivers the question and not the answer', async () => {
    const caller = await call()
    proxy.set({ kind: 'half-open' })
    caller.socket.write('done')
    await expect.poll(() => heard).toEqual(['done'])
    await sleep(50)
    expect(caller.said()).toBe('')
    proxy.cutNow()
    expect(await caller.ended).toBe('ECONNRESET')
  })

  it('is cut in the middle of an answer, after so many bytes', async () => {
    const caller = await call()
    proxy.set({ kind: 'cut-after', bytes: 3 })
    caller.socket.write('answer')
    expect(await caller.ended).toBe('ECONNRESET')
    expect(heard).toEqual(['answer'])
    expect(proxy.counts().answered).toBe(3)
  })
})
