import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CommandRefusal } from '../failure.ts'

/** Where a demo puts what. All absolute. */
export interface DemoFolder {
  readonly folder: string
  readonly sources: string
  readonly workspace: string
  readonly evidence: string
  readonly root: string
}

const markerName = 'muster-demo.json'

const marker = z.object({ madeBy: z.literal('muster demo'), seed: z.int(), people: z.int(), asOf: z.string(), reviewer: z.string().nullable() })

export type DemoMarker = z.infer<typeof marker>

export const demoFolder = (folder: string): DemoFolder => ({
  folder,
  sources: join(folder, 'sources'),
  workspace: join(folder, 'workspace'),
  evidence: join(folder, 'evidence'),
  root: join(folder, 'root.pem'),
})

/** What a demo folder says about itself; null when it is none. */
export const readMarker = async (folder: string): Promise<DemoMarker | null> => {
  try {
    const parsed = marker.safeParse(JSON.parse(await readFile(join(folder, markerName), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export const writeMarker = async (folder: string, facts: DemoMarker): Promise<void> =>
  writeFile(join(folder, markerName), `${JSON.stringify(facts, null, 2)}\n`)

const entriesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/**
 * An empty folder for a new demo. Takes away only what an earlier demo made, and only when asked to.
 * @throws CommandRefusal when something else lies there, or an earlier demo and `isFresh` is false.
 */
export const prepareFolder = async (demo: DemoFolder, isFresh: boolean): Promise<void> => {
  const found = await entriesOf(demo.folder)
  if (found.length > 0) {
    const isOurs = (await readMarker(demo.folder)) !== null
    if (!isOurs) throw new CommandRefusal(`${demo.folder} is not empty and no demo made it; choose another folder. Nothing was changed.`, 'not-empty')
    if (!isFresh) {
      throw new CommandRefusal(
        `${demo.folder} holds a demo made before. Open it with "npx muster serve --workspace ${demo.workspace}", or make it anew with --fresh. Nothing was changed.`,
        'demo-exists',
      )
    }
    for (const path of [demo.sources, demo.workspace, demo.evidence, demo.root, join(demo.folder, markerName)]) await rm(path, { recursive: true, force: true })
    const rest = await entriesOf(demo.folder)
    if (rest.length > 0) throw new CommandRefusal(`${demo.folder} also holds ${rest.slice(0, 3).join(', ')}, which no demo made; move that away first.`, 'not-empty')
  }
  await mkdir(demo.folder, { recursive: true })
  await mkdir(demo.evidence)
}
