/** How the ids of people, and of what belongs to them, look outside. */
import { idCodec } from '@stormops/chassis/values/ids'

export const personIds = idCodec('usr')
export const memberIds = idCodec('mem')
export const sessionIds = idCodec('ses')
