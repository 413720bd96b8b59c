/** Files by signed link: a report to fetch, an upload to send. Whoever holds the link needs no token beside it. */
import { pipeline, Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { Fault } from '@stormops/chassis/fault'
import type { Links } from '@stormops/chassis/files/signed-link'
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import { HttpRefusal } from './errors.ts'

/** The largest file an import reads. */
export const MAX_UPLOAD_BYTES = 1024 ** 3

const MEDIA_TYPES: Readonly<Record<string, string>> = { pdf: 'application/pdf' }
const OTHER_MEDIA_TYPE = 'application/octet-stream'

export const fileRoutes =
  (files: TenantFiles, links: Links) =>
  async (app: FastifyInstance): Promise<void> => {
    // An upload is read as it comes, whatever it calls itself.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    app.get<{ Params: { token: string } }>('/files/:token', async (request, reply) => {
      const { tenantId, path } = await links.read(request.params.token, 'download')
      const size = await files.size(tenantId, path)
      const name = path.split('/').at(-1) ?? 'file'
      return reply
        .type(MEDIA_TYPES[name.split('.').at(-1) ?? ''] ?? OTHER_MEDIA_TYPE)
        .header('content-length', size)
        .header('content-disposition', `inline; filename="${name}"`)
        .send(await files.stream(tenantId, path))
    })

    app.put<{ Params: { token: string }; Body: Readable | null | undefined }>(
      '/uploads/:token',
      { bodyLimit: MAX_UPLOAD_BYTES },
      async (request, reply) => {
        const { tenantId, path } = await links.read(request.params.token, 'upload')
        const { body } = request
        if (body === undefined || body === null) {
          throw new HttpRefusal(400, 'The request has no body: PUT the bytes of the file.')
        }
        if (await files.exists(tenantId, path)) throw hasItsFile()
        const counted = countedBytes()
        // A client that hangs up ends the counted stream too, and with it the file that was being written.
        const isNew = await files.putNew(
          tenantId,
          path,
          pipeline(body, counted.stream, () => undefined),
        )
        if (!isNew) throw hasItsFile()
        return reply.code(201).send({ bytes: counted.bytes() })
      },
    )
  }

const hasItsFile = (): Fault =>
  new Fault('BAD_INPUT', 'This upload has its file already. Create another upload for another file.')

const TOO_LARGE = `A file has at most ${MAX_UPLOAD_BYTES} bytes.`

/** Passes bytes on and ends in a refusal once there are too many. */
const countedBytes = (): { readonly stream: Transform; readonly bytes: () => number } => {
  let bytes = 0
  const stream = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes > MAX_UPLOAD_BYTES) done(new HttpRefusal(413, TOO_LARGE))
      else done(null, chunk)
    },
  })
  return { stream, bytes: () => bytes }
}
