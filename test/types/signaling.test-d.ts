import type { RTMClient } from 'agora-rtm'
import {
  type ClaimStore,
  type SignalingClientLike,
  type SignalingStorageEvent,
  signalingClaimStore,
} from 'react-realtime-stt'
import type { FakeSignalingClient } from 'react-realtime-stt/testing'
import { expectTypeOf, test } from 'vitest'

declare const rtm: RTMClient
declare const fake: FakeSignalingClient

test('default: the vendor’s client and the fake’s are what the store asks for', () => {
  expectTypeOf<RTMClient>().not.toBeAny()
  expectTypeOf<RTMClient>().toExtend<SignalingClientLike>()
  expectTypeOf<FakeSignalingClient>().toExtend<SignalingClientLike>()
  expectTypeOf(signalingClaimStore(rtm)).toEqualTypeOf<ClaimStore>()
  expectTypeOf(signalingClaimStore(fake, { channelPrefix: 'a' })).toEqualTypeOf<ClaimStore>()
  // @ts-expect-error the client is not made by the store
  signalingClaimStore({ appId: '', userId: '' })
})

test('default: every call of the store is one the vendor’s client has, and tells what the store reads', () => {
  type Storage = RTMClient['storage']
  expectTypeOf<Awaited<ReturnType<Storage['getChannelMetadata']>>>().toExtend<
    Awaited<ReturnType<SignalingClientLike['storage']['getChannelMetadata']>>
  >()
  expectTypeOf<Parameters<SignalingClientLike['storage']['setChannelMetadata']>>().toExtend<
    Parameters<Storage['setChannelMetadata']>
  >()
  expectTypeOf<Parameters<SignalingClientLike['subscribe']>>().toExtend<
    Parameters<RTMClient['subscribe']>
  >()
  rtm.addEventListener('storage', (event) => {
    expectTypeOf(event).toExtend<SignalingStorageEvent>()
  })
  rtm.addEventListener('linkState', ({ currentState }) => {
    expectTypeOf<'CONNECTED'>().toExtend<typeof currentState>()
  })
})

test('default: the fake’s part of the client is called and tells as the vendor’s', () => {
  type Fake = FakeSignalingClient['storage']
  type Vendor = RTMClient['storage']
  expectTypeOf<Parameters<Fake['setChannelMetadata']>[2]>().toExtend<
    Parameters<Vendor['setChannelMetadata']>[2]
  >()
  expectTypeOf<Parameters<Fake['updateChannelMetadata']>[3]>().toExtend<
    Parameters<Vendor['updateChannelMetadata']>[3]
  >()
  type FakeSet = Awaited<ReturnType<Fake['getChannelMetadata']>>
  type VendorSet = Awaited<ReturnType<Vendor['getChannelMetadata']>>
  expectTypeOf<keyof FakeSet>().toExtend<keyof VendorSet>()
  rtm.addEventListener('storage', (vendor) => {
    fake.addEventListener('storage', (event) => {
      expectTypeOf<keyof typeof event>().toExtend<keyof typeof vendor>()
      expectTypeOf(event.eventType).toExtend<typeof vendor.eventType>()
    })
  })
})
