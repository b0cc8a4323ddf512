const FNV_OFFSET = 0x6c62272e07bb014262b821756295c58dn
const FNV_PRIME = 0x1000000000000000000013bn

/**
 * FNV-1a (128 bit) of the text's UTF-8 bytes, in base 36: 25 characters.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9923
 */
export function fnvHash(text: string): string {
  let state = FNV_OFFSET
  for (const byte of new TextEncoder().encode(text)) {
    state = BigInt.asUintN(128, (state ^ BigInt(byte)) * FNV_PRIME)
  }
  return state.toString(36).padStart(25, '0')
}
