/**
 * Takes in connections. In one turn of its event loop a process takes in one connection of each socket that it listens
 * on, so that whoever comes to a busy one would wait at the door for longer than it takes to be told to come again. Where
 * the system can, several sockets share the address.
 */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:net'
import type { Server as Door } from 'node:net'

/** Beside the server's own: at turns of 20 ms, four hundred people a second come in. */
const MORE_DOORS = 7

/** Whether sockets may share an address; elsewhere one has to do. */
const CAN_SHARE = process.platform === 'linux'

export type SharedAddress = { readonly host: string; readonly port: number; readonly reusePort: boolean }

/** The address for the server's own door. Throws `EADDRINUSE` where anybody listens there, another of ours too. */
export const sharedAddress = async (host: string, port: number): Promise<SharedAddress> => {
  if (CAN_SHARE && port !== 0) {
    // What shares with nobody finds out whether somebody is there.
    const probe = createServer()
    probe.listen(port, host)
    await once(probe, 'listening')
    await closed(probe)
  }
  return { host, port, reusePort: CAN_SHARE }
}

/** Opens more doors to a server whose own is open. */
export const openMoreDoors = async (
  server: Server,
  { host, port, reusePort }: SharedAddress,
): Promise<readonly Door[]> => {
  const doors: Door[] = []
  if (!reusePort) return doors
  try {
    for (let more = 0; more < MORE_DOORS; more += 1) {
      const door = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
        server.emit('connection', socket),
      )
      door.listen({ host, port, reusePort })
      await once(door, 'listening')
      doors.push(door)
    }
  } catch (error) {
    await closeDoors(doors)
    throw error
  }
  return doors
}

/** Resolves once whoever came in by them is gone too. */
export const closeDoors = async (doors: readonly Door[]): Promise<void> => {
  await Promise.all(doors.map(closed))
}

const closed = (door: Door): Promise<void> =>
  new Promise((resolve) => {
    door.close(() => resolve())
  })
