const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

export const isLoopback = (hostname: string) => LOOPBACK_NAMES.includes(hostname)
