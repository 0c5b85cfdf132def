import { CommandRefusal } from './failure.ts'
import { cut, printable } from './terminal-text.ts'
import type { Terminal } from './terminal.ts'

type Step<Result> = { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly prompt?: { readonly url: string; readonly code: string; readonly expiresAt: string } } | { readonly state: 'done'; readonly result: Result }

/** One line on stderr that is written over, only where somebody watches. */
export const progressLine = (terminal: Terminal): { readonly show: (text: string) => void; readonly clear: () => void } => ({
  show: (text) => {
    if (terminal.isErrTty) terminal.err(`\r\u001b[K${cut(printable(text), 78)}`)
  },
  clear: () => {
    if (terminal.isErrTty) terminal.err('\r\u001b[K')
  },
})

/** Follows long work to its result. `what` names it in front of each step. */
export const follow = async <Result>(terminal: Terminal, what: string, steps: AsyncIterable<Step<Result>>): Promise<Result> => {
  const line = progressLine(terminal)
  try {
    for await (const step of steps) {
      if (step.state === 'done') return step.result
      if (step.prompt !== undefined) {
        line.clear()
        terminal.err(printable(`Open ${step.prompt.url} and enter the code ${step.prompt.code} (valid until ${step.prompt.expiresAt}).`) + '\n')
        continue
      }
      line.show(`${what}: ${step.step}${step.share === null ? '' : ` ${Math.round(step.share * 100)} %`}`)
    }
  } finally {
    line.clear()
  }
  throw new CommandRefusal(`${what} ended without a result; look at "muster status" for what was kept.`, 'no-result')
}
