import { join } from 'node:path'
import { initWorkspace } from '../../../src/main/app.ts'
import { asOf } from '../data/files.ts'
import { finish, olga, openWorkspace, passphrase } from '../../support/workspace-builder.ts'
import { textOf, type Step } from '../result.ts'

/** Input: `workspace`, and `files` with the rich files to read; an empty `files` leaves it without sources. */
export const makeWorkspace: Step = async (input) => {
  const folder = textOf(input, 'workspace')
  const files = textOf(input, 'files')
  const sources = textOf(input, 'sources').split(',').filter((name) => name !== '')
  await initWorkspace(folder, { name: 'Bench', officerEmail: olga, officerName: 'Olga Officer', passphrase, isSample: false, at: null })
  const workspace = await openWorkspace(folder)
  const figures: Record<string, number> = {}
  try {
    const { officer } = workspace
    if (sources.includes('people')) await officer.sources.add({ name: 'HR', kind: 'hr', config: { file: join(files, 'people.csv') } })
    if (sources.includes('access')) await officer.sources.add({ name: 'Access', kind: 'csv-entitlements', config: { file: join(files, 'access.csv') } })
    if (sources.includes('lean')) await officer.sources.add({ name: 'Access', kind: 'csv-entitlements', config: { file: join(files, 'grants.csv') } })
    if (sources.includes('sign-ins')) {
      await officer.sources.add({ name: 'Sign-ins', kind: 'csv-sign-ins', config: { file: join(files, 'sign-ins.csv'), accountsOf: 'Access' } })
    }
    for (const { name } of input['isSynced'] === true ? await officer.sources.list() : []) {
      const start = performance.now()
      const run = await finish(await officer.sources.sync({ source: name, asOf }))
      if (run.state !== 'complete') throw new Error(`${name} was not taken: ${run.notes.join(' ')}`)
      figures[`seconds ${name}`] = (performance.now() - start) / 1000
    }
  } finally {
    await workspace.close()
  }
  return { figures }
}
