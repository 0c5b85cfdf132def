/** The outside of one command: where it writes, what it may ask, when it must stop. A test brings its own. */
export interface Terminal {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly isOutTty: boolean
  readonly isErrTty: boolean
  /** Asks without showing what is typed; null where nobody can be asked. */
  readonly askHidden: ((question: string) => Promise<string>) | null
  /** Aborted by the first Ctrl+C or a termination signal. */
  readonly signal: AbortSignal
}
