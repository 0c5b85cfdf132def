import { BrowserWindow, screen } from 'electron'
import type { Desk } from './desk-memory.ts'
import { pageUrl } from './page-address.ts'
import { arrangementOf, openingPlace } from './window-place.ts'

/** Notes where the window stands whenever that has settled, under the displays there are then. */
const keepPlace = (window: BrowserWindow, desk: Desk): void => {
  const note = (): void => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    const arrangement = arrangementOf(screen.getAllDisplays())
    desk.remember({ windows: { ...desk.memory().windows, [arrangement]: { ...window.getNormalBounds(), isMaximised: window.isMaximized() } } })
  }
  let waiting: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    clearTimeout(waiting)
    waiting = setTimeout(note, 400)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('maximize', note)
  window.on('unmaximize', note)
  window.on('close', () => {
    clearTimeout(waiting)
    note()
  })
}

/** The one window. The page in it is an ordinary, sandboxed web page without Node. `address`: the screen it opens at. */
export const openMainWindow = async (preload: string, desk: Desk, query: '' | '?start', address: string): Promise<BrowserWindow> => {
  const displays = screen.getAllDisplays()
  const opening = openingPlace(desk.memory().windows[arrangementOf(displays)], displays)
  const window = new BrowserWindow({
    title: 'Muster',
    ...opening.bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    webPreferences: {
      preload, sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false,
    },
  })
  if (opening.isMaximised) window.maximize()
  keepPlace(window, desk)
  window.once('ready-to-show', () => window.show())
  await window.loadURL(pageAddress(query, address))
  return window
}

export const pageAddress = (query: '' | '?start' | '?start=locked' | '?start=settling', address: string): string => `${pageUrl}${query}${address === '' ? '' : `#/${address}`}`
