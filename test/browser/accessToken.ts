/** An AccessToken2 as agora-token makes it: `007`, then Base64 of deflated bytes. No app id in hex looks like that. */
export const ACCESS_TOKEN = /007eJ[A-Za-z0-9+/=]{20,}/
