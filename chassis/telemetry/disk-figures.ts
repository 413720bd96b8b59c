/** How much room is left on the disk that the data and files of this machine are on. */
import { statfs } from 'node:fs/promises'
import type { PlatformFigures } from '../platform-figures.ts'

export const diskFigures = (directory: string): PlatformFigures => ({
  definitions: [
    {
      name: 'disk_free_ratio',
      help: 'Share of the disk of STORMOPS_HOME that is free for this account.',
      kind: 'gauge',
    },
  ],
  read: async () => {
    const { bavail, blocks } = await statfs(directory)
    return blocks === 0 ? [] : [{ name: 'disk_free_ratio', value: bavail / blocks }]
  },
})
