/** One line of a bench's table, and one line of `--json`. Fields that do not apply are left out. */
export interface Result {
  readonly bench: string
  readonly what: string
  /** Grants, items or events, whichever the bench counts. */
  readonly size: number
  readonly seconds?: number
  /** Processor seconds of all its threads: much less than `seconds` means that it waited, for the disk or for others at work. */
  readonly cpuSeconds?: number
  readonly p50Ms?: number
  readonly p99Ms?: number
  readonly maxMs?: number
  /** The step's process at its largest, Node itself included. */
  readonly peakMb?: number
  /** How many times the yardstick named in `note`. */
  readonly ratio?: number
  /** What was aimed for; a figure beside it, never a test. */
  readonly aim?: string
  readonly note?: string
  /** Why there is no figure. */
  readonly failed?: string
}

/** What one step measured in its own process: named figures, and notes in words. */
export interface Measured {
  readonly figures: Readonly<Record<string, number>>
  readonly notes?: readonly string[]
}

/** A step's answer with its process's peak memory, as the process itself saw it at its end. */
export interface StepResult extends Measured {
  readonly peakMb: number
}

export type StepInput = Readonly<Record<string, string | number | boolean>>
export type Step = (input: StepInput) => Promise<Measured>

/** Runs a step in a process of its own. Rejects with what it said when it failed. */
export type RunStep = (step: string, input: StepInput) => Promise<StepResult>

export type Report = (result: Omit<Result, 'bench'>) => void

export interface Bench {
  readonly name: string
  readonly title: string
  /** What is done and what it is compared with, for --help and the written table. */
  readonly about: string
  /** `scale` is the number of grants everything else is derived from; `folder` is empty and its own. */
  readonly run: (scale: number, folder: string, step: RunStep, report: Report) => Promise<void>
}

export function figure(measured: Measured, name: string): number {
  const value = measured.figures[name]
  if (value === undefined) throw new Error(`the step did not measure ${name}`)
  return value
}

export function textOf(input: StepInput, name: string): string {
  const value = input[name]
  if (typeof value !== 'string') throw new Error(`a step needs the text ${name}`)
  return value
}

export function numberOf(input: StepInput, name: string): number {
  const value = input[name]
  if (typeof value !== 'number') throw new Error(`a step needs the number ${name}`)
  return value
}

export function count(value: number): string {
  return value.toLocaleString('en-US')
}
