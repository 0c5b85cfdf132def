// Entry of a step's process: does one step, tells the figures, ends. Peak memory is the process's own because nothing else ran in it.
import { steps } from './step-list.ts'
import type { StepInput } from './result.ts'

interface Order {
  readonly step: string
  readonly input: StepInput
}

process.once('message', (order) => {
  void answer(order as Order)
})

// Whoever wanted the figures is gone.
process.once('disconnect', () => process.exit())

async function answer({ step, input }: Order): Promise<void> {
  const load = steps[step]
  const send = (message: object): void => {
    process.send?.(message, undefined, undefined, () => process.exit())
  }
  try {
    if (load === undefined) throw new Error(`there is no step ${step}`)
    const measured = await (await load())(input)
    send({ ...measured, peakMb: process.resourceUsage().maxRSS / 1024 })
  } catch (error) {
    send(error instanceof Error ? { failed: error.message, stack: error.stack ?? '' } : { failed: String(error), stack: '' })
  }
}
