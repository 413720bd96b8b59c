/** What an attacker of the whole platform has to work with, and how an attempt is written down. */
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { signToken } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import { systemClock } from '@stormops/chassis/clock'
import type { Clock } from '@stormops/chassis/clock'
import type { Everything } from '../../invariants/company-with-everything.ts'
import type { MadeKey } from '../../tenancy/access-builders.ts'
import type { TestTenant, World } from '../../world/world.ts'

export type Scene = {
  readonly world: World
  /** The company that is attacked, and what it has. */
  readonly victim: TestTenant
  readonly property: Everything
  /** The company of the attacker, who owns it. */
  readonly attacker: TestTenant
  /** A key of each. */
  readonly victimsKey: MadeKey
  readonly attackersKey: MadeKey
}

export type Received = {
  readonly status: number
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

export type Attack = {
  readonly name: string
  readonly send: (scene: Scene) => Promise<Received>
  readonly status: number
  /** The code of the first error. */
  readonly code: string
  /** For what only a subgraph can refuse, since it is a matter of its own. */
  readonly reachesSubgraph?: true
  /** What has to be there first, made through the graph itself. */
  readonly prepare?: (scene: Scene) => Promise<unknown>
  /** More that must hold of the answer; throws when it does not. */
  readonly check?: (received: Received, scene: Scene) => void
}

type Headers = Readonly<Record<string, string>>

const JSON_TYPE = 'application/json'
const SECONDS = 600

export const send = async (
  { world }: Scene,
  method: string,
  path: string,
  headers: Headers,
  body?: string | Uint8Array<ArrayBuffer>,
): Promise<Received> => {
  const response = await fetch(`${world.url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  })
  return {
    status: response.status,
    text: await response.text(),
    headers: Object.fromEntries(response.headers),
  }
}

/** POSTs a body as the owner of the attacking company, unless other headers say otherwise. */
export const post = (scene: Scene, body: unknown, headers: Headers = {}): Promise<Received> =>
  send(
    scene,
    'POST',
    '/graphql',
    { 'content-type': JSON_TYPE, authorization: `Bearer ${scene.attacker.as('OWNER').token}`, ...headers },
    typeof body === 'string' ? body : JSON.stringify(body),
  )

export const ask = (
  scene: Scene,
  query: string,
  variables: object = {},
  headers: Headers = {},
): Promise<Received> => post(scene, { query, variables }, headers)

/** Asks with a token, or as nobody. */
export const askWith = (
  scene: Scene,
  token: string | null,
  query: string,
  variables: object = {},
): Promise<Received> =>
  send(
    scene,
    'POST',
    '/graphql',
    { 'content-type': JSON_TYPE, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    JSON.stringify({ query, variables }),
  )

/** A token signed as the platform signs, with other claims than an honest one. */
export const signedFor = (
  { world, victim }: Scene,
  claims: Partial<TokenClaims> = {},
  seconds = SECONDS,
  clock: Clock = systemClock,
): Promise<string> =>
  signToken(
    world.keys,
    { subject: 'usr_owner', kind: 'USER', tenantId: victim.uuid, role: 'OWNER', ...claims },
    clock,
    seconds,
  )

/** Bytes as they are, for what no client library would send. */
export const sendBytes = ({ world }: Scene, bytes: string): Promise<Received> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.url)
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('No answer came.')))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(readAnswer(Buffer.concat(chunks).toString('utf8'))))
    socket.end(bytes)
  })

const PATIENCE_MS = 5_000

const readAnswer = (text: string): Received => {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1] ?? 0), text: rest.join('\r\n\r\n'), headers: {} }
}

/** A request whose header lines fetch would refuse to send. */
export const sendHeaders = (
  { world }: Scene,
  headers: Readonly<Record<string, string | string[]>>,
  body: string,
) =>
  new Promise<Received>((resolve, reject) => {
    const request = httpRequest(
      `${world.url}/graphql`,
      {
        method: 'POST',
        headers: { 'content-type': JSON_TYPE, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            headers: {},
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
