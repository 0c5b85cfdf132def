import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, watch } from 'node:fs'
import { join } from 'node:path'

const userData = process.env['MUSTER_DOUBLE_USER_DATA'] ?? ''
const lockFile = join(userData, 'lock')
const knockFile = join(userData, 'knock')

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

class App extends EventEmitter {
  isSandboxed = false
  isQuitting = false
  beforeExit: () => Promise<void> = async () => {}

  enableSandbox(): void {
    this.isSandboxed = true
  }

  whenReady(): Promise<void> {
    return new Promise((resolve) => { setImmediate(resolve) })
  }

  /** One per user-data folder; the second one knocks and is refused. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(userData, { recursive: true })
    if (existsSync(lockFile) && isAlive(Number(readFileSync(lockFile, 'utf8')))) {
      writeFileSync(knockFile, String(process.pid))
      return false
    }
    writeFileSync(lockFile, String(process.pid))
    watch(userData, (_, name) => {
      if (name === 'knock' && existsSync(knockFile)) {
        rmSync(knockFile, { force: true })
        this.emit('second-instance', {}, [], userData)
      }
    }).unref()
    return true
  }

  quit(): void {
    let isPrevented = false
    this.emit('before-quit', { preventDefault: () => { isPrevented = true } })
    if (!isPrevented) this.exit(0)
  }

  exit(code: number): void {
    if (this.isQuitting) return
    this.isQuitting = true
    void this.beforeExit().finally(() => process.exit(code))
  }
}

export const app = new App()
