import { join } from 'node:path'
import { app, dialog, session, type BrowserWindow } from 'electron'
import { startEngine, type EngineProcess } from './engine-process.ts'
import { lockEveryPage, lockSession } from './lockdown.ts'
import { openMainWindow } from './main-window.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { brokerPorts } from './port-broker.ts'
import { startOptionsOf, type StartOptions } from './start-options.ts'

const built = import.meta.dirname
const paths = { engine: join(built, 'engine.js'), preload: join(built, '../preload/preload.cjs'), renderer: join(built, '../renderer') }

const askForWorkspace = async (): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title: 'Open a Muster workspace', buttonLabel: 'Open workspace', properties: ['openDirectory'] })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Leaves only after the engine has let go of the workspace. */
const closeInOrder = (engine: EngineProcess): void => {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void engine.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
}

let isGivenUp = false

/** Once only: what fails after that fails because the app is going. */
const giveUp = (message: string): void => {
  if (isGivenUp) return
  isGivenUp = true
  dialog.showErrorBox('Muster cannot go on', message)
  app.exit(1)
}

const run = async (options: StartOptions): Promise<void> => {
  await app.whenReady()
  const workspace = options.workspace ?? (await askForWorkspace())
  if (workspace === null) return app.quit()
  lockSession(session.defaultSession)
  servePage(paths.renderer)
  let window: BrowserWindow | null = null
  let givePortsAgain = (): void => {}
  const engine = startEngine(paths.engine, { ...options, workspace }, { onRestarted: () => givePortsAgain(), onGivenUp: giveUp })
  givePortsAgain = brokerPorts(engine.connect)
  closeInOrder(engine)
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  window = await openMainWindow(paths.preload)
}

declarePageScheme()
app.enableSandbox()
lockEveryPage(app)
if (app.requestSingleInstanceLock()) {
  run(startOptionsOf(process.argv.slice(1), process.env, process.cwd())).catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error)))
} else {
  app.quit()
}
