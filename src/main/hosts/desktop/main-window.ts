import { BrowserWindow } from 'electron'
import { pageUrl } from './page-address.ts'

/** The one window. The page in it is an ordinary, sandboxed web page without Node. */
export const openMainWindow = async (preload: string): Promise<BrowserWindow> => {
  const window = new BrowserWindow({
    title: 'Muster',
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload, sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webSecurity: true, webviewTag: false, navigateOnDragDrop: false, spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  await window.loadURL(pageUrl)
  return window
}
