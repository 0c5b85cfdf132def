import { contextBridge, ipcRenderer, webUtils } from 'electron'

/**
 * The only bridge between the page and the app. The page learns that it runs on the desktop, asks once for the engine's port with
 * `muster:ready`, and is handed the port itself; no Electron function is ever within its reach. Of a file that a person chose or dropped
 * it may learn where it lies, so that the engine reads it there; it cannot choose one by itself.
 */
contextBridge.exposeInMainWorld('musterHost', { kind: 'desktop', pathOf: (file: File): string => webUtils.getPathForFile(file) })

const isAsking = (event: MessageEvent): boolean =>
  event.source === window && event.origin === window.location.origin && event.data === 'muster:ready'

window.addEventListener('message', (event) => {
  if (isAsking(event)) ipcRenderer.send('muster:port')
})

ipcRenderer.on('muster:port', (event) => {
  window.postMessage('muster:port', window.location.origin, event.ports)
})
