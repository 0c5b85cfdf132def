import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ada, finish, fixtureFolder, launch, mia, olga, passphrase, specOf, type Client, type TestWorkspace } from './workspace-builder.ts'

/** A campaign over everything in which Mia revoked what she was asked about and the others kept, closed and not yet planned. */
export async function closedCampaign({ as, officer }: TestWorkspace, rules: object = {}): Promise<number> {
  const campaign = await launch(officer, specOf('Spring review', { rules: { reasonRequired: [], controlSharePercent: 0, ...rules } }))
  for (const [email, outcome] of [[mia, 'revoke'], [ada, 'keep'], [olga, 'keep']] as const) {
    const client = await as(email)
    const { items } = await client.review.queue({ campaign })
    for (const { itemId } of items) await client.review.decide({ itemId, outcome })
    if (items.length > 0) await client.review.signOff({ campaign, passphrase })
  }
  await officer.campaigns.close({ campaign })
  return campaign
}

/** Reads the ERP's file again, `template` being the folder the workspace was built in, without some lines. */
export async function syncWithout(officer: Client, template: string, day: string, isGone: (line: string) => boolean): Promise<void> {
  const text = await readFile(join(fixtureFolder(template), 'grants.csv'), 'utf8')
  const file = join(fixtureFolder(template), `grants-${day}-${Math.trunc(performance.now())}.csv`)
  await writeFile(file, text.split('\n').filter((line) => !isGone(line)).join('\n'))
  const run = await finish(await officer.sources.sync({ source: 'ERP', asOf: day, file }))
  if (run.state !== 'complete') throw new Error(run.notes.join(' '))
}

