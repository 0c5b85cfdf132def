import { ipcMain, MessageChannelMain, type WebContents } from 'electron'
import { distrust } from './trusted-sender.ts'

/** Channel on which preload asks for the engine's port, and on which it is sent. */
export const portChannel = 'muster:port'

/**
 * Gives every page that asks one end of a fresh channel and the engine the other; after that the main process hears nothing of what
 * they say. Returns a function that does the same for pages already served, for when the engine was started anew.
 */
export const brokerPorts = (connect: (port: Electron.MessagePortMain) => void): (() => void) => {
  const served = new Set<WebContents>()

  const give = (contents: WebContents): void => {
    const { port1, port2 } = new MessageChannelMain()
    connect(port1)
    contents.postMessage(portChannel, null, [port2])
  }

  ipcMain.on(portChannel, (event) => {
    if (distrust(event) !== null) return
    if (!served.has(event.sender)) {
      served.add(event.sender)
      event.sender.once('destroyed', () => served.delete(event.sender))
    }
    give(event.sender)
  })
  return () => served.forEach(give)
}
