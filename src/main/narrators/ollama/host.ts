export interface ModelHost {
  /** `http://127.0.0.1:11434` */
  readonly origin: string
  readonly host: string
  readonly isLoopback: boolean
}

/**
 * Reads an address the way Ollama's own tools do (`11434` and `http://` may be left out). Null for anything that is more than a host and a
 * port: credentials, paths and other protocols have no place in a setting.
 */
export function hostOf(address: string): ModelHost | null {
  const trimmed = address.trim()
  if (trimmed === '' || trimmed.length > 300 || /\s/.test(trimmed)) return null
  const withProtocol = trimmed.includes('://') ? trimmed : `http://${trimmed}`
  const url = URL.canParse(withProtocol) ? new URL(withProtocol) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/' || url.hostname === '') return null
  const hasPort = /:\d+\/?$/.test(withProtocol)
  const port = url.port !== '' ? url.port : hasPort ? (url.protocol === 'https:' ? '443' : '80') : trimmed.includes('://') && url.protocol === 'https:' ? '443' : '11434'
  return { origin: `${url.protocol}//${url.hostname}:${port}`, host: url.hostname, isLoopback: isLoopback(url.hostname) }
}

/** This machine and nothing else. `0.0.0.0` is what a server listens on, not whom to call. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}
