import type { App, Session, WebContents } from 'electron'
import { isPageAddress } from './page-address.ts'

/** The page asks for no camera, no place, no notification, no device, and loads nothing from anywhere but itself. */
export const lockSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isPageAddress(details.url) && !details.url.startsWith('devtools:') }))
  session.on('will-download', (event) => event.preventDefault())
}

const lockContents = (contents: WebContents): void => {
  const stayHome = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (!isPageAddress(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** For every page that ever comes to be, not only for the first window's. */
export const lockEveryPage = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
}
