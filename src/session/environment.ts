import { type Inflate, inflateStream } from '../agora/accessToken.js'
import { type TabPlatform, tabPlatform } from '../claims/tabPlatform.js'

/**
 * What the client takes from the platform. Tests and simulations give their own; anything left out is the platform's.
 * Clients with different registries are different devices.
 */
export interface SttEnvironment extends TabPlatform {
  /** Where the page-wide registry hangs. @defaultValue `globalThis` */
  registry: object
  /** Undoes zlib's deflate. @defaultValue through `DecompressionStream` */
  inflate: Inflate
}

/** Without a copy of its getters, the globals would be read as soon as this module loads. */
export const platform: SttEnvironment = Object.defineProperties(
  { registry: globalThis, inflate: inflateStream },
  Object.getOwnPropertyDescriptors(tabPlatform),
) as SttEnvironment
