import { NetworkError, ResponseError, type SttError } from '../errors.js'

/** Whether nobody knows what became of a request. */
export const isUnknown = (error: SttError): boolean =>
  NetworkError.is(error) || ResponseError.is(error) || error.code === 'server_error'
