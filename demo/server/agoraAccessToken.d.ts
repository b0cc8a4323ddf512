/** agora-token ships no types for this file. */
declare module 'agora-token/src/AccessToken2.js' {
  export class ServiceRtc {
    static readonly kPrivilegeJoinChannel: number
    constructor(channel: string, uid: string | number)
    add_privilege(privilege: number, expireSeconds: number): void
  }

  export class AccessToken2 {
    constructor(appId: string, appCertificate: string, issueTs: number, expireSeconds: number)
    add_service(service: ServiceRtc): void
    build(): string
  }
}
