import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync, watch } from 'node:fs'
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

  getPath(name: string): string {
    return name === 'userData' ? userData : join(userData, name)
  }

  getLocale(): string {
    return process.env['MUSTER_DOUBLE_LOCALE'] ?? 'en-GB'
  }

  readonly relaunches: unknown[] = []
  relaunch(options: unknown): void {
    this.relaunches.push(options)
  }

  whenReady(): Promise<void> {
    return new Promise((resolve) => { setImmediate(resolve) })
  }

  /** One per user-data folder; the second one knocks and is refused. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(userData, { recursive: true })
    if (existsSync(lockFile) && isAlive(Number(readFileSync(lockFile, 'utf8')))) {
      // Whole at once: whoever waits for it must not read a half.
      writeFileSync(`${knockFile}.new`, JSON.stringify({ argv: process.argv, cwd: process.cwd() }))
      renameSync(`${knockFile}.new`, knockFile)
      return false
    }
    writeFileSync(lockFile, String(process.pid))
    watch(userData, (_, name) => {
      if (name === 'knock' && existsSync(knockFile)) {
        const { argv, cwd } = JSON.parse(readFileSync(knockFile, 'utf8')) as { argv: string[]; cwd: string }
        rmSync(knockFile, { force: true })
        this.emit('second-instance', {}, argv, cwd)
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
