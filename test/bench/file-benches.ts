import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'

/** Benches over data files named on the command line; each prints exactly one JSON line. Loaded only when asked for. */
const benches: Readonly<Record<string, (argv: readonly string[]) => Promise<Readonly<Record<string, unknown>>>>> = {
  ranking: async (argv) => {
    const { values } = parseArgs({
      args: [...argv], options: { train: { type: 'string' }, test: { type: 'string' }, folds: { type: 'string', default: '5' } },
    })
    const folds = Number(values.folds)
    if (!Number.isInteger(folds) || folds < 2 || folds > 50) throw new Error('--folds is a whole number from 2 to 50.')
    const { ranking } = await import('./ranking.ts')
    const test = values.test === undefined ? null : fileAt('--test', values.test)
    return ranking({ train: fileAt('--train', values.train), test, folds })
  },
  queue: async (argv) => {
    const { values } = parseArgs({ args: [...argv], options: {
      items: { type: 'string', default: '100000' }, decisions: { type: 'string', default: '60' }, opens: { type: 'string', default: '4' },
    } })
    const [items, decisions, opens] = [values.items, values.decisions, values.opens].map((text) => Number(text.replaceAll(/[,_]/g, ''))) as [number, number, number]
    if (![items, decisions, opens].every((value) => Number.isInteger(value) && value > 0)) throw new Error('--items, --decisions and --opens are whole numbers above 0.')
    const { queueScreen } = await import('./queue-screen.ts')
    return queueScreen({ items, decisions, opens })
  },
  'planted-excess': async (argv) => {
    const { values } = parseArgs({ args: [...argv], options: { matrix: { type: 'string' } } })
    const { plantedExcess } = await import('./planted-excess.ts')
    return plantedExcess({ matrix: fileAt('--matrix', values.matrix) })
  },
}

export const fileBenchesHelp = `Over a data file, one JSON line each:
  npm run bench -- ranking --train FILE --test FILE   learns from one file of decisions and ranks the other's: AUC, average precision,
                                                      recall, calibration. --train alone with --folds 5: cross-validation. Columns ACTION
                                                      (1 approved, 0 denied), RESOURCE and attributes of the person; denied rank first.
                                                      Learned by src/main/core/learning, which nothing but this bench uses
  npm run bench -- planted-excess --matrix FILE       plants 2 % of grants nobody gave among "user permission" pairs and looks for them:
                                                      the engine's peer signal against global rarity, permissions drawn as often as they
                                                      occur (usual) and each equally often (any)

In real Chromium, one JSON line:
  npm run bench -- queue --items 100000               a reviewer's queue of that size over the loopback host: until its first item is painted,
                                                      until all of it is there, from the decision key to the next item, between frames while
                                                      scrolling, and until the groups that can be decided on in one go are there
`

/** Runs the bench named first in the arguments. Undefined: none is named there. Answers the exit code. */
export async function runFileBench([name, ...argv]: readonly string[]): Promise<number | undefined> {
  const bench = name === undefined || !Object.hasOwn(benches, name) ? undefined : benches[name]
  if (bench === undefined) return undefined
  try {
    console.log(JSON.stringify(await bench(argv)))
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

function fileAt(option: string, file: string | undefined): string {
  if (file === undefined) throw new Error(`${option} FILE is needed: npm run bench -- --help says what can be asked.`)
  if (!existsSync(file)) throw new Error(`There is no file ${file}. The data is not part of this repository; name a copy of your own.`)
  return file
}
