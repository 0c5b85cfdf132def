import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sodRule } from '../../../../shared/model/sod-rule.ts'
import type { Run } from '../../../../shared/model/source.ts'
import type { EngineClient } from '../../engine-types.ts'
import type { Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { follow } from '../progress.ts'
import type { DemoFolder } from './demo-folder.ts'
import { stepsInOrder, type SampleManifest } from './sample-manifest.ts'

/** Adds the sample's sources with their mappings and reads every state in the order of its days. */
export const readSources = async (invocation: Invocation, client: EngineClient, demo: DemoFolder, manifest: SampleManifest): Promise<readonly Run[]> => {
  const { signal } = invocation.terminal
  for (const source of manifest.sources) {
    const newest = source.files.at(-1)
    if (newest === undefined) throw new CommandRefusal(`The sample's source ${source.source} has no file.`, 'sample')
    await client.sources.add({
      name: source.source, kind: source.kind, config: { file: join(demo.sources, newest.name), accountsOf: source.accountsOf }, mapping: { columns: { ...source.columns } },
    }, { signal })
  }
  const runs: Run[] = []
  for (const step of stepsInOrder(manifest)) {
    const work = await client.sources.sync({ source: step.source, asOf: step.asOf, file: join(demo.sources, step.file) }, { signal })
    const run = await follow(invocation.terminal, `Reading ${step.file}`, work)
    if (run.state !== 'complete') throw new CommandRefusal(`${step.file} was not taken (${run.state}): ${run.notes.join(' ')}`, 'sample')
    runs.push(run)
  }
  return runs
}

/** The rules that Muster brings along. */
export const setConflictRules = async (client: EngineClient, resources: string): Promise<number> => {
  const rules = z.array(sodRule).parse(JSON.parse(await readFile(join(resources, 'sod-rules', 'default.json'), 'utf8')))
  return (await client.policies.setSodRules({ rules })).rules
}
