import { app } from './app.ts'
import { closeBrowser, windowState } from './browser-window.ts'
import { doubleChannel, type DoublePort } from './ports.ts'
import { isPermissionGranted, isRequestAllowed, sessionState } from './session.ts'
import { runningUtilities } from './utility-process.ts'

export { app } from './app.ts'
export { BrowserWindow, ipcMain } from './browser-window.ts'
export { safeStorage } from './safe-storage.ts'
export { protocol, session } from './session.ts'
export { utilityProcess } from './utility-process.ts'

export class MessageChannelMain {
  readonly port1: DoublePort
  readonly port2: DoublePort
  constructor() {
    const { port1, port2 } = doubleChannel()
    this.port1 = port1
    this.port2 = port2
  }
}

const told: { title: string; content: string }[] = []

export const dialog = {
  showErrorBox: (title: string, content: string) => {
    told.push({ title, content })
    process.send?.({ kind: 'error-box', title, content })
  },
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
}

app.beforeExit = closeBrowser

/** Questions a test puts over the process's own channel. */
const answers: Readonly<Record<string, (argument: string) => unknown>> = {
  'engine-pids': () => [...runningUtilities],
  windows: () => ({ options: windowState.options, focused: windowState.focused, denied: windowState.denied, isSandboxed: app.isSandboxed }),
  permission: (permission) => isPermissionGranted(permission),
  'permission-check': () => sessionState.permissionCheck?.() ?? true,
  request: (url) => isRequestAllowed(url),
  quit: () => app.quit(),
}

process.on('message', (message: unknown) => {
  const { ask, argument, id } = message as { ask: string; argument: string; id: number }
  void Promise.resolve(answers[ask]?.(argument)).then((answer) => process.send?.({ kind: 'answer', id, answer }))
})
process.on('disconnect', () => app.exit(0))
