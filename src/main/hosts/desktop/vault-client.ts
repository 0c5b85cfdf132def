import type { SystemVault } from '../../app.ts'
import type { FromEngine, ToEngine } from './engine-messages.ts'

export interface VaultClient {
  readonly vault: SystemVault
  readonly answered: (message: Extract<ToEngine, { kind: 'vault-answer' }>) => void
}

/** The operating system's store as the engine's process sees it: by asking the main process. */
export const vaultClient = (say: (message: FromEngine) => void): VaultClient => {
  const waiting = new Map<number, (text: string | null) => void>()
  let last = 0
  const asking = async (ask: 'protect' | 'reveal', text: string): Promise<string> => {
    const id = ++last
    const answer = await new Promise<string | null>((resolve) => {
      waiting.set(id, resolve)
      say({ kind: 'vault', id, ask, text })
    })
    if (answer === null) throw new Error('the operating system refused')
    return answer
  }
  return {
    vault: { protect: (text) => asking('protect', text), reveal: (text) => asking('reveal', text) },
    answered: ({ id, text }) => {
      waiting.get(id)?.(text)
      waiting.delete(id)
    },
  }
}
