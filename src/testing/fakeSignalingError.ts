/** In the vendor's words. */
const REASONS: Record<number, string> = {
  [-10_002]: 'Preform operation without login RTM service.',
  [-10_008]: 'Invalid channel name. illegal symbol or too long.',
  [-10_019]: 'Invalid channel type, some api not support set channel type as user.',
  [-10_021]: 'The operation rate exceeds limitation.',
  [-10_025]: 'Perform operation failed due to RTM service is not connected.',
  [-11_019]: 'Subscribe message channel timeout.',
  [-11_020]: 'Subscribe message channel too frequently.',
  [-12_001]: 'Storage operation failed.',
  [-12_002]: 'Metadata item size exceeds limitation.',
  [-12_003]: 'Metadata item is invalid.',
  [-12_005]: 'Metadata item with invalid revision.',
  [-12_006]: 'The length of metadata items overflow.',
  [-12_009]: 'Storage operation with invalid key.',
  [-12_010]: 'Storage operation with invalid value.',
  [-12_011]: 'Storage operation with key length overflow.',
  [-12_012]: 'Storage operation with value length overflow.',
  [-12_014]: 'Storage operation with outdated revision or the key does not exist.',
  [-12_018]: 'Storage operation timeout.',
  [-12_019]: 'Storage service is not available.',
  [-12_020]: 'No permission to access storage service.',
}

/**
 * Shaped as the vendor's `RTMBaseError`.
 *
 * @group Errors
 */
export class FakeSignalingError extends Error {
  /** As in the vendor's answers. */
  readonly error = true
  /** As the vendor numbers them, as -10021. */
  readonly errorCode: number
  /** In the vendor's words. */
  readonly reason: string
  /** The vendor's name of what was called. */
  readonly operation: string

  /**
   * The fake makes them; {@link FakeSignaling.failNext} asks for one.
   *
   * @param operation the vendor's name of what was called
   * @param errorCode as the vendor numbers them
   */
  constructor(operation: string, errorCode: number) {
    const reason = REASONS[errorCode] ?? 'Unknown error.'
    super(`Error Code ${errorCode} - ${reason}`)
    this.errorCode = errorCode
    this.reason = reason
    this.operation = operation
  }
}
