import { fetchToken } from '../connection/demoApi.ts'
import type { OpenChannel } from './channelCall.ts'
import { agoraSdk } from './real/agoraSdk.ts'
import { openRealChannelWith } from './real/openRealChannelWith.ts'

/** A channel of the real service. */
export const openRealChannel: OpenChannel = openRealChannelWith(agoraSdk, fetchToken)
