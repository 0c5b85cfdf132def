import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { RunStep, StepResult } from './result.ts'

interface StepFailure {
  readonly failed: string
  readonly stack: string
}

/**
 * Steps run one after the other, each in a fresh process, so that one's memory and warmed-up code never flatter the next. This process
 * stays small on purpose: Linux counts the starter's size as the lower bound of what it starts.
 */
export function stepRunner(options: { readonly profileFolder: string | null }): { readonly run: RunStep; readonly stop: () => void } {
  const execArgv = options.profileFolder === null ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profileFolder]
  let current: ChildProcess | undefined
  const run: RunStep = (step, input) =>
    new Promise((resolve, reject) => {
      const child = fork(join(import.meta.dirname, 'step-process.ts'), { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      current = child
      let answer: StepResult | StepFailure | undefined
      child.once('message', (message) => {
        answer = message as StepResult | StepFailure
      })
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        if (answer === undefined) reject(new Error(`${step} ended without figures (${signal ?? `exit ${code ?? 0}`})`))
        else if ('failed' in answer) reject(new Error(`${step}: ${answer.failed}`, { cause: answer.stack }))
        else resolve(answer)
      })
      child.send({ step, input })
    })
  return { run, stop: () => current?.kill('SIGKILL') }
}
