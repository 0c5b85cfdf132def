const storageKey = 'muster.token'

/** The token in a fragment such as `#token=abc`, and the fragment without it. Null when there is none. */
export const tokenInFragment = (fragment: string): { readonly token: string; readonly rest: string } | null => {
  const parts = fragment.replace(/^#/, '').split('&')
  const carrier = parts.find((part) => part.startsWith('token='))
  if (carrier === undefined) return null
  const token = decodeURIComponent(carrier.slice('token='.length))
  return token === '' ? null : { token, rest: parts.filter((part) => part !== carrier).join('&') }
}

/** The token this tab was given, for what does not go through the contract. */
export const readSessionToken = (): string | null => window.sessionStorage.getItem(storageKey)

/**
 * The loopback server's session token. It arrives once, in the URL's fragment (which a browser never sends to a server), is kept
 * for this tab only, and is taken out of the address bar so that it cannot be copied along with a link.
 */
export const takeSessionToken = (): string | null => {
  const found = tokenInFragment(window.location.hash)
  if (found === null) return readSessionToken()
  window.sessionStorage.setItem(storageKey, found.token)
  const { pathname, search } = window.location
  window.history.replaceState(null, '', `${pathname}${search}${found.rest === '' ? '' : `#${found.rest}`}`)
  return found.token
}
