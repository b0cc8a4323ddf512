/** What an app that enables captions imports; its size is what the size check measures. */
export { createSttClient, RealtimeSttProvider, useRealtimeStt } from '../src/index.js'
