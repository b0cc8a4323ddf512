import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/**
 * Reads the Protobuf wire and throws where the vendor's own parsers would, which the library's reader does not: at tags
 * and lengths of more than 32 bits, at the field number 0, at numbers without an end, at text that is no UTF-8. Another
 * app's bytes in the channel are then no caption by chance.
 */
export class StrictReader extends BinaryReader {
  private readonly source: Uint8Array
  private readonly readVarint: () => number

  constructor(bytes: Uint8Array) {
    super(bytes)
    this.source = bytes
    // The library has it as a property, made by the constructor; generated code reads tags and lengths by it.
    this.readVarint = this.uint32
    this.uint32 = this.readUint32
  }

  override int32(): number {
    // A negative one takes ten bytes.
    return this.readVarint() | 0
  }

  override string(): string {
    return super.string(true)
  }

  override skip(wireType: WireType, fieldNumber?: number, recursionLimit?: number): Uint8Array {
    if (fieldNumber === 0) throw new RangeError('No field has the number 0.')
    if (wireType !== WireType.Varint) return super.skip(wireType, fieldNumber, recursionLimit)
    const start = this.pos
    this.readVarint()
    return this.source.subarray(start, this.pos)
  }

  private readUint32(): number {
    const start = this.pos
    const value = this.readVarint()
    const length = this.pos - start
    const isTooLarge = length > 5 || (length === 5 && (this.source[this.pos - 1] ?? 0) > 0x0f)
    if (isTooLarge) throw new RangeError('More than 32 bits.')
    return value
  }
}
