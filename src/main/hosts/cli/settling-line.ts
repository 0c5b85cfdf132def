import type { Settling } from '../../app.ts'
import { progressLine } from './progress.ts'
import type { Terminal } from './terminal.ts'

const changes = { encrypt: 'Encrypting the workspace', rekey: 'Putting the workspace under its new key' } as const
const steps = { copying: 'copying', rewriting: 'writing anew', comparing: 'comparing', originals: 'kept originals' } as const

const megabytes = (bytes: number): string => (bytes < 1_000_000 ? '' : ` ${Math.round(bytes / 1_000_000).toLocaleString('en')} MB`)

/** Tells whoever watches why opening takes its time; `clear` takes the line away again. */
export const settlingLine = (terminal: Terminal): { readonly onSettling: (progress: Settling) => void; readonly clear: () => void } => {
  const line = progressLine(terminal)
  return {
    onSettling: ({ change, step, share, bytes }) => line.show(`${changes[change]}: ${steps[step]}${megabytes(bytes)} ${Math.round(share * 100)} %`),
    clear: line.clear,
  }
}
