/** Where the desktop window's page lives: a scheme of our own, so that it has an origin and needs no server. */
export const pageScheme = 'app'
export const pageOrigin = 'app://muster'
export const pageUrl = `${pageOrigin}/`

/** True for addresses of our own page and its files only. */
export const isPageAddress = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && url.protocol === 'app:' && url.host === 'muster' && url.username === '' && url.password === ''
}
