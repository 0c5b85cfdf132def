import { implement } from '@orpc/server'
import type { EngineRouter, CallContext } from '../../src/main/hosts/engine-types.ts'
import { contract } from '../../src/shared/contract/index.ts'

export interface ScriptedCall {
  readonly input: unknown
  readonly actor: CallContext['actor']
  readonly signal: AbortSignal | undefined
}

/** Answers by procedure (`area.name`). What is not in the script fails as something nobody foresaw. */
export type Script = Readonly<Record<string, (call: ScriptedCall) => unknown>>

interface Implementable {
  readonly handler: (answer: (call: { input: unknown; context: CallContext; signal?: AbortSignal }) => unknown) => unknown
}

/** A real implementation of the whole contract (inputs and outputs are validated) whose answers a test writes down. */
export const scriptedRouter = (script: Script): EngineRouter => {
  const builder = implement(contract).$context<CallContext>() as unknown as Record<string, Record<string, Implementable>>
  const areas = Object.entries(contract).map(([area, procedures]) => [
    area,
    Object.fromEntries(
      Object.keys(procedures).map((name) => [
        name,
        builder[area]?.[name]?.handler(({ input, context, signal }) => {
          const answer = script[`${area}.${name}`]
          if (answer === undefined) throw new Error(`The script has no answer for ${area}.${name}`)
          return answer({ input, actor: context.actor, signal })
        }),
      ]),
    ),
  ])
  return Object.fromEntries(areas) as unknown as EngineRouter
}
