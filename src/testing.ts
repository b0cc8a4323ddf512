/**
 * A simulated Agora for tests and demos: the REST API as handlers for MSW, Signaling, an RTC client, and conversations in
 * captions. Only this door needs `msw`.
 *
 * @module react-realtime-stt/testing
 */

export type {
  CaptionMessage,
  CaptionOriginal,
  CaptionTranslation,
  CaptionWord,
} from './captions/captionMessage.js'
export type {
  CaptionWire,
  CaptionWireOption,
  CaptionWireVersion,
} from './testing/captionWire.js'
export { type ClaimStoreCheckOptions, checkClaimStore } from './testing/checkClaimStore.js'
export type { ConversationScript, ScriptedSentence } from './testing/conversationScript.js'
export { createFakeAgora, type FakeAgora } from './testing/createFakeAgora.js'
export {
  createFakeRtcClient,
  type FakeRtcClient,
  type FakeRtcEvents,
  type FakeRtcLeaveReason,
  type FakeRtcListener,
  type FakeRtcUser,
} from './testing/createFakeRtcClient.js'
export { createFakeSignaling } from './testing/createFakeSignaling.js'
export type { CaptionDisorder } from './testing/disturb.js'
export { encodeCaption } from './testing/encodeCaption.js'
export { type EncodeCaptionJsonOptions, encodeCaptionJson } from './testing/encodeCaptionJson.js'
export type { FakeAgoraBehaviour, FakeAgoraOptions } from './testing/fakeAgoraOptions.js'
export type {
  FakeDelay,
  FakeDroppedResponse,
  FakeFault,
  FakeFaultTarget,
  FakeNetworkFault,
  FakeStatusFault,
} from './testing/fakeFaults.js'
export type { FakeOperation, FakeRequest } from './testing/fakeGateway.js'
export type { FakeSignaling, FakeSignalingCounts } from './testing/fakeSignaling.js'
export type {
  FakeChannelType,
  FakeLinkState,
  FakeLinkStateEvent,
  FakeSignalingAnswer,
  FakeSignalingClient,
  FakeSignalingListeners,
  FakeStorageEvent,
} from './testing/fakeSignalingClient.js'
export { FakeSignalingError } from './testing/fakeSignalingError.js'
export type {
  FakeSignalingCallTarget,
  FakeSignalingDelay,
  FakeSignalingEventFault,
  FakeSignalingFault,
  FakeSignalingOperation,
  FakeSignalingRefusal,
  FakeSignalingTarget,
} from './testing/fakeSignalingFaults.js'
export type {
  FakeMetadata,
  FakeMetadataDetail,
  FakeMetadataItem,
  FakeMetadataOptions,
} from './testing/fakeSignalingMetadata.js'
export type { FakeSignalingOptions } from './testing/fakeSignalingOptions.js'
export type { FakeApi, FakeTask, FakeTaskStatus, FakeTaskUpdate } from './testing/fakeTasks.js'
export type { FakeTokenRequest } from './testing/fakeTokens.js'
export {
  type PlayConversationOptions,
  type PlayedCaption,
  playConversation,
} from './testing/playConversation.js'
export type { FakeRtcPlayback, FakeRtcPlayOptions } from './testing/playOverTime.js'
export { inflateStored } from './testing/storedZlib.js'
