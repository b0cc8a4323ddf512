/**
 * The client, the errors, captions and their export, and claim stores: what needs no React, and touches no DOM when it is
 * imported. All of it is in `react-realtime-stt` too.
 *
 * @module react-realtime-stt/core
 */

export type { Inflate } from './agora/accessToken.js'
export type { SttOperation } from './agora/call.js'
export type { SttApiVersion } from './agora/task.js'
export { type AttachCaptionsOptions, attachCaptions } from './captions/attachCaptions.js'
export type { CaptionLine, CaptionLineTranslation } from './captions/captionLine.js'
export type {
  CaptionMessage,
  CaptionOriginal,
  CaptionTranslation,
  CaptionWord,
} from './captions/captionMessage.js'
export { createTranscript, type TranscriptOptions } from './captions/createTranscript.js'
export type { ExportOptions } from './captions/exportOptions.js'
export {
  type ExportFormat,
  type ExportTranscriptOptions,
  exportTranscript,
} from './captions/exportTranscript.js'
export type { RtcClientLike, RtcUserLike } from './captions/rtcClientLike.js'
export { type ExportedLine, jsonChunks, toJson } from './captions/toJson.js'
export { srtChunks, toSrt } from './captions/toSrt.js'
export { textChunks, toText } from './captions/toText.js'
export { toWebVtt, webVttChunks } from './captions/toWebVtt.js'
export type { Transcript, TranscriptCounters, TranscriptEvent } from './captions/transcript.js'
export type { TranscriptEnvironment } from './captions/transcriptEnvironment.js'
export {
  type Claim,
  type ClaimKey,
  type ClaimStore,
  ClaimStoreBusyError,
} from './claims/claimStore.js'
export type { ClaimState, ClaimValue, ResolvedTranscription } from './claims/claimValue.js'
export { memoryClaimStore } from './claims/memoryClaimStore.js'
export {
  type SignalingClaimStoreOptions,
  signalingClaimStore,
} from './claims/signalingClaimStore.js'
export type {
  SignalingClientLike,
  SignalingMetadata,
  SignalingStorageEvent,
} from './claims/signalingClientLike.js'
export type { SignalingEnvironment } from './claims/signalingRegister.js'
export { tabClaimStore } from './claims/tabClaimStore.js'
export type { TabPlatform } from './claims/tabPlatform.js'
export {
  ConfigError,
  InvalidTokenError,
  NetworkError,
  type NetworkErrorCode,
  type NetworkErrorOptions,
  type NetworkOutcome,
  RequestError,
  type RequestErrorCode,
  ResponseError,
  ServiceNotEnabledError,
  SessionEndedError,
  SttError,
  type SttErrorCode,
  type SttErrorJson,
  type SttErrorOptions,
  SupersededError,
  TokenExpiredError,
  TokenProviderError,
} from './errors.js'
export { createSttClient, type SttClient } from './session/createSttClient.js'
export type { SttEnvironment } from './session/environment.js'
export type { SttDecision, SttEvent } from './session/events.js'
export type {
  ChannelRequest,
  EnableRequest,
  SharedSttClientConfig,
  SttClientConfig,
  SttClientConfigV6,
  SttClientConfigV7,
} from './session/options.js'
export type { SttSession, SttSnapshot, SttStatus } from './session/session.js'
export type { TokenProvider, TokenRequest } from './session/tokens.js'
export type {
  LanguageCode,
  SharedTranscriptionOptions,
  TranscriptionOptions,
  TranscriptionOptionsV6,
  TranscriptionOptionsV7,
} from './session/transcription.js'
