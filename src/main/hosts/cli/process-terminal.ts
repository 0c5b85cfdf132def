import { once } from 'node:events'
import type { Terminal } from './terminal.ts'

/** Reads one line from the terminal without echo. Ctrl+C gives up, Ctrl+U starts over. */
const askHidden = async (question: string): Promise<string> => {
  const { stdin, stderr } = process
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.resume()
  stdin.setEncoding('utf8')
  let typed = ''
  try {
    for (;;) {
      const [chunk] = (await once(stdin, 'data')) as [string]
      for (const key of chunk) {
        if (key === '\r' || key === '\n' || key === '\u0004') return typed
        if (key === '\u0003') throw Object.assign(new Error('No passphrase was given; nothing was changed.'), { name: 'AbortError' })
        if (key === '\u007f' || key === '\b') typed = [...typed].slice(0, -1).join('')
        else if (key === '\u0015') typed = ''
        else if (key >= ' ') typed += key
      }
    }
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}

/** A terminal's Ctrl+C reaches this process and its launcher, who passes it on: two signals that close together are one. */
const oneKeypressMs = 300

/** The first signal asks the work to stop cleanly; the second ends the process at once. */
const stopSignal = (): AbortSignal => {
  const controller = new AbortController()
  let firstAt = 0
  const stop = (name: 'SIGINT' | 'SIGTERM'): void => {
    if (controller.signal.aborted) {
      if (performance.now() - firstAt > oneKeypressMs) process.exit(name === 'SIGINT' ? 130 : 143)
      return
    }
    firstAt = performance.now()
    if (process.stderr.isTTY) process.stderr.write('\nStopping; press Ctrl+C again to stop at once.\n')
    controller.abort()
  }
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGTERM', () => stop('SIGTERM'))
  return controller.signal
}

export const processTerminal = (): Terminal => {
  // A closed pipe (`muster recommend | head`) ends the command quietly, as it does for every other program.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2))
  return {
    cwd: process.cwd(),
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isOutTty: process.stdout.isTTY === true,
    isErrTty: process.stderr.isTTY === true,
    askHidden: process.stdin.isTTY === true && process.stderr.isTTY === true ? askHidden : null,
    signal: stopSignal(),
  }
}
