import { protocol } from 'electron'
import { readPageFile } from '../page-files.ts'
import { pageHeaders } from '../page-policy.ts'
import { isPageAddress, pageScheme } from './page-address.ts'

/** Must run before the app is ready. */
export const declarePageScheme = (): void =>
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }])

const plain = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })

/** Serves the built screens, and nothing else, under the same policy as the loopback server. */
export const servePage = (renderer: string): void =>
  protocol.handle(pageScheme, async ({ url, method }) => {
    if (!isPageAddress(url)) return plain(404, 'There is no such page.')
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Files are read with GET.')
    const file = await readPageFile(renderer, new URL(url).pathname)
    if (file === null) return plain(404, 'There is no such page.')
    return new Response(method === 'HEAD' ? null : file.bytes, { headers: { ...pageHeaders, 'content-type': file.contentType, 'cache-control': file.caching } })
  })
