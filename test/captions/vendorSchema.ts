import protobuf from 'protobufjs'

/** Every field of every revision that the vendor has published, by its number. */
const SCHEMA = `
  syntax = "proto3";
  message Text {
    int32 vendor = 1;
    int32 version = 2;
    int32 seqnum = 3;
    int64 uid = 4;
    int32 flag = 5;
    int64 time = 6;
    int32 lang = 7;
    int32 starttime = 8;
    int32 offtime = 9;
    repeated Word words = 10;
    bool end_of_segment = 11;
    int32 duration_ms = 12;
    string data_type = 13;
    repeated Translation trans = 14;
    string culture = 15;
    int64 text_ts = 16;
    int32 sentence_end_index = 17;
    OriginalTranscript original_transcript = 18;
    int64 sentence_id = 19;
  }
  message Word {
    string text = 1;
    int32 start_ms = 2;
    int32 duration_ms = 3;
    bool is_final = 4;
    double confidence = 5;
  }
  message Translation {
    bool is_final = 1;
    string lang = 2;
    repeated string texts = 3;
  }
  message OriginalTranscript {
    string culture = 1;
    repeated Word words = 2;
  }
  message Int32Sender {
    int32 uid = 4;
    repeated Word words = 10;
  }
`

const { root } = protobuf.parse(SCHEMA, { keepCase: true })

/** What `fromObject` of protobufjs takes. */
type VendorText = Readonly<Record<string, unknown>>

interface VendorWord {
  text: string
  start_ms: number
  duration_ms: number
  is_final: boolean
}

/** A message as protobufjs reads it, with 64-bit numbers as text. */
interface DecodedVendorText {
  uid: string
  time: string
  words: VendorWord[]
  data_type: string
  trans: { is_final: boolean; lang: string; texts: string[] }[]
  text_ts: string
  original_transcript: { culture: string; words: VendorWord[] } | null
  sentence_id: string
}

function encodeAs(name: string, message: VendorText): Uint8Array {
  const type = root.lookupType(name)
  return Uint8Array.from(type.encode(type.fromObject(message)).finish())
}

/** The bytes of a `Text`, made by protobufjs. */
export const encodeVendorText = (message: VendorText) => encodeAs('Text', message)

/** As the revision did that had the uid as an int32. */
export const encodeInt32Sender = (message: VendorText) => encodeAs('Int32Sender', message)

/** Throws at what is damaged. */
export function decodeVendorText(bytes: Uint8Array): DecodedVendorText {
  const type = root.lookupType('Text')
  const options = { longs: String, defaults: true, arrays: true }
  return type.toObject(type.decode(bytes), options) as DecodedVendorText
}
