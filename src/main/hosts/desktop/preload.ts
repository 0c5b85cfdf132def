import { contextBridge, ipcRenderer, webUtils } from 'electron'

/**
 * The only bridge between the page and the app; no Electron function is ever within the page's reach. It learns that it runs on the
 * desktop, asks once for the engine's port with `muster:ready` and is handed the port itself. Of a file that a person chose or dropped
 * it may learn where it lies, so that the engine reads it there; it cannot choose one by itself. It tells where it is and how it looks,
 * and hears what the menu wants; each note is checked on the other side.
 */
contextBridge.exposeInMainWorld('musterHost', {
  kind: 'desktop',
  pathOf: (file: File): string => webUtils.getPathForFile(file),
  tell: (note: unknown): void => ipcRenderer.send('muster:note', note),
  onWish: (take: (wish: unknown) => void): void => {
    ipcRenderer.on('muster:wish', (_event, wish: unknown) => take(wish))
    ipcRenderer.send('muster:note', { kind: 'listening' })
  },
  start: (request: unknown): Promise<unknown> => ipcRenderer.invoke('muster:start', request),
})

const isAsking = (event: MessageEvent): boolean =>
  event.source === window && event.origin === window.location.origin && event.data === 'muster:ready'

window.addEventListener('message', (event) => {
  if (isAsking(event)) ipcRenderer.send('muster:port')
})

ipcRenderer.on('muster:port', (event) => {
  window.postMessage('muster:port', window.location.origin, event.ports)
})
