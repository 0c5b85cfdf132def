import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Orders, Said } from './driver.ts'

/** When the process is killed: some milliseconds after it opened the workspace, or told so many steps of long work, or acknowledged so much. */
export interface KillPlan {
  readonly after: 'opened' | 'step' | 'acknowledged'
  readonly times: number
  readonly thenMs: number
}

/** Whether what was said is an acknowledgement, that is, a promise. */
export function isAcknowledged({ said }: Said): boolean {
  return !['ready', 'opened', 'doing', 'step'].includes(said)
}

export interface Heard {
  readonly said: readonly Said[]
  /** What it had begun and not acknowledged when it died. */
  readonly unfinished: { readonly item: number | null } | null
  readonly signal: NodeJS.Signals | null
  readonly complaints: string
}

export interface Victim {
  readonly runAndKill: (orders: Orders, plan: KillPlan) => Promise<Heard>
  /** For one that was started and is not needed after all. */
  readonly dismiss: () => void
}

/** Starts the driver; it loads the engine while the caller still looks at what the last one left behind. */
export function startVictim(): Victim {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'driver.ts')], { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  return {
    dismiss: () => {
      child.kill('SIGKILL')
    },
    runAndKill: (orders, plan) =>
      new Promise((resolve, reject) => {
        const said: Said[] = []
        let times = 0
        const count = (): void => {
          times += 1
          if (times === plan.times) setTimeout(() => child.kill('SIGKILL'), plan.thenMs)
        }
        if (child.stdout === null || child.stdin === null) throw new Error('the driver has no pipes')
        const lines = createInterface({ input: child.stdout })
        lines.on('line', (line) => {
          const what = JSON.parse(line) as Said
          said.push(what)
          if (plan.after === 'acknowledged' ? isAcknowledged(what) : what.said === plan.after) count()
        })
        child.on('error', reject)
        child.on('close', (_, signal) => {
          const last = said.findLast((what) => what.said === 'doing' || isAcknowledged(what))
          resolve({ said, signal, complaints, unfinished: last?.said === 'doing' ? { item: last.item } : null })
        })
        child.stdin.write(`${JSON.stringify(orders)}\n`)
      }),
  }
}
