import { utilityProcess } from 'electron'

export interface CliRun {
  readonly ended: Promise<{ readonly isDone: boolean; readonly message: string; /** The last it printed, at most `mostKept` letters. */ readonly output: string }>
  readonly stop: () => void
}

const mostKept = 32_000

const lastLineOf = (text: string): string => text.trimEnd().split('\n').at(-1)?.trim() ?? ''

/** One command of the command line in a process of its own; each line it prints is progress, the last complaint is why it failed. */
export const runCli = (entry: string, args: readonly string[], env: Readonly<Record<string, string>>, progress: (text: string, share: number | null) => void): CliRun => {
  const child = utilityProcess.fork(entry, [...args], { serviceName: 'Muster setup', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env, NO_COLOR: '1' } })
  let said = ''
  let complained = ''
  child.stdout?.on('data', (bytes: Buffer) => {
    said = `${said}${bytes.toString('utf8')}`.slice(-mostKept)
    const line = lastLineOf(said)
    if (line !== '') progress(line, null)
  })
  child.stderr?.on('data', (bytes: Buffer) => { complained = `${complained}${bytes.toString('utf8')}`.slice(-4_000) })
  return {
    stop: () => void child.kill(),
    ended: new Promise((resolve) => {
      child.once('exit', (code) => resolve({ isDone: code === 0, message: lastLineOf(complained) || lastLineOf(said), output: said }))
    }),
  }
}
