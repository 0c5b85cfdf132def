import { app } from './app.ts'
import { closeBrowser, windowState } from './browser-window.ts'
import { doubleChannel, type DoublePort } from './ports.ts'
import { isPermissionGranted, isRequestAllowed, sessionState } from './session.ts'
import { runningUtilities } from './utility-process.ts'

export { app } from './app.ts'
export { BrowserWindow, ipcMain, screen } from './browser-window.ts'
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

const chosen: string[] = []
const told: { title: string; content: string }[] = []

export const dialog = {
  showErrorBox: (title: string, content: string) => {
    told.push({ title, content })
    process.send?.({ kind: 'error-box', title, content })
  },
  /** A test says what a person would choose, else nobody chooses anything. */
  showOpenDialog: async () => (chosen.length === 0 ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: chosen.splice(0, 1) }),
  showSaveDialog: async () => (chosen.length === 0 ? { canceled: true, filePath: '' } : { canceled: false, filePath: chosen.splice(0, 1)[0] ?? '' }),
}

interface Item { readonly label?: string; readonly role?: string; readonly accelerator?: string; readonly click?: () => void; readonly submenu?: readonly Item[] }
let menu: readonly Item[] = []

export const Menu = {
  buildFromTemplate: (template: readonly Item[]) => template,
  setApplicationMenu: (template: readonly Item[]) => { menu = template },
}

const itemAt = (path: string): Item | undefined => {
  const [first, second] = path.split(' > ')
  return menu.find(({ label }) => label === first)?.submenu?.find(({ label }) => label === second)
}

const notices: { title: string; body: string }[] = []

export class Notification {
  readonly options: { title: string; body: string }
  constructor(options: { title: string; body: string }) {
    this.options = options
  }
  static isSupported(): boolean {
    return true
  }
  on(): void {}
  show(): void {
    notices.push(this.options)
  }
}

app.beforeExit = closeBrowser

/** Questions a test puts over the process's own channel. */
const answers: Readonly<Record<string, (argument: string) => unknown>> = {
  'engine-pids': () => [...runningUtilities],
  windows: () => ({ options: windowState.options, focused: windowState.focused, denied: windowState.denied, isSandboxed: app.isSandboxed }),
  permission: (permission) => isPermissionGranted(permission),
  'permission-check': () => sessionState.permissionCheck?.() ?? true,
  request: (url) => isRequestAllowed(url),
  quit: () => {
    for (const window of windowState.open) window.emit('close')
    app.quit()
  },
  menu: () => menu.map(({ label, submenu }) => ({ label, items: submenu?.flatMap((item) => item.label ?? []) })),
  'menu-click': (path) => itemAt(path)?.click?.(),
  'open-file': (path) => app.emit('open-file', { preventDefault: () => {} }, path),
  choose: (path) => void chosen.push(path),
  notices: () => notices,
  /** The kinds of what the page told us, each answered by the app before it is listed. */
  notes: () => windowState.notes,
  front: (isInFront) => { windowState.isInFront = isInFront === 'yes' },
  place: (bounds) => {
    const window = windowState.open[0]
    if (window === undefined) return
    window.bounds = JSON.parse(bounds) as typeof window.bounds
    window.emit('resize')
  },
  relaunches: () => app.relaunches,
}

process.on('message', (message: unknown) => {
  const { ask, argument, id } = message as { ask: string; argument: string; id: number }
  void Promise.resolve(answers[ask]?.(argument)).then((answer) => process.send?.({ kind: 'answer', id, answer }))
})
process.on('disconnect', () => app.exit(0))
