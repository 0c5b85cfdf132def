// The questions a verifier answers, in the order they are told. resources/verify/verify.mjs asks the same ones in code of its own.

const TITLES = {
  manifest: 'The list of files can be read',
  'manifest-signature': 'The list of files is signed',
  root: 'The signature is an officer\'s, under the root you trust',
  files: 'Every listed file is there and unchanged',
  unlisted: 'There is no file that is not on the list',
  events: 'No event is missing, moved or changed',
  checkpoint: 'The events give the checkpoint, the list and the report name',
  'checkpoint-signature': 'The checkpoint is signed',
  seen: 'The checkpoints you were given earlier are the beginning of this log',
  campaign: 'The campaign\'s events do not contradict each other',
  'sign-offs': 'Every sign-off is signed by its reviewer',
  revocation: 'Nothing was signed with a certificate that had been revoked',
  totals: 'The report\'s figures are the ones the events give',
  items: 'Every row of the report is the one its events give',
  'items-csv': 'items.csv holds the same rows',
  exceptions: 'The report admits what has to be admitted',
  trail: 'What the report tells beside the figures is what its events tell',
  raw: 'The extracts are the ones the report rests on',
  'report-signature': 'The PDF is signed as a whole, by the same officer',
  'report-evidence': 'The figures attached to the PDF are evidence.json',
  'report-print': 'The PDF prints the figures of evidence.json, page after page',
  time: 'An authority outside saw it at the time it claims',
} as const

export type CheckCode = keyof typeof TITLES
export type CheckOutcome = 'passed' | 'failed' | 'not-checked'

/** `detail` is a sentence for a person: what was found, or what went wrong and where. */
export type BundleCheck = { readonly code: CheckCode; readonly title: string; readonly outcome: CheckOutcome; readonly detail: string }

export type CheckList = {
  readonly pass: (code: CheckCode, detail: string) => void
  readonly fail: (code: CheckCode, detail: string) => void
  readonly skip: (code: CheckCode, detail: string) => void
  /** Failed with the differences if there are any, passed with `detail` otherwise. */
  readonly judge: (code: CheckCode, differences: readonly string[], detail: string) => void
  /** All checks in order; what was never reached says so. */
  readonly all: () => BundleCheck[]
}

const TOLD = 5
const NOT_REACHED = { outcome: 'not-checked', detail: 'an earlier check failed, so this could not be asked' } as const

export function startChecks(): CheckList {
  const found = new Map<CheckCode, { outcome: CheckOutcome; detail: string }>()
  const note = (outcome: CheckOutcome) => (code: CheckCode, detail: string): void => {
    found.set(code, { outcome, detail })
  }
  const [pass, fail, skip] = [note('passed'), note('failed'), note('not-checked')]
  return {
    pass, fail, skip,
    judge: (code, differences, detail) => {
      if (differences.length === 0) return pass(code, detail)
      const more = differences.length > TOLD ? ` (and ${differences.length - TOLD} more)` : ''
      fail(code, `${differences.slice(0, TOLD).join('; ')}${more}`)
    },
    all: () => (Object.keys(TITLES) as CheckCode[]).map((code) => {
      const { outcome, detail } = found.get(code) ?? NOT_REACHED
      return { code, title: TITLES[code], outcome, detail }
    }),
  }
}
