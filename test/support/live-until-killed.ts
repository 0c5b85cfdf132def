import { recoverRuns } from '../../src/main/use-cases/recover-runs.ts'
import { openLiveBench } from './live-bench.ts'
import { putUser, scriptedConnector } from './scripted-live-source.ts'
import { companyDirectory } from './company-directory.ts'

// Run as a process of its own: syncs the scripted company again and again, a little more of it each time, and says when each sync is done.
const [, , folder = '', rounds = '1'] = process.argv
const directory = companyDirectory()
for (let round = 0; round < Number(rounds); round++) putUser(directory, `new-${round}`)
const connector = scriptedConnector(directory, {
  pageSize: 3, readsUsage: true,
  onPage: (page) => {
    process.stdout.write(`page ${page}\n`)
    return new Promise((resolve) => setTimeout(resolve, page % 3))
  },
})
const bench = await openLiveBench(folder, connector)
await recoverRuns(bench.context)
const run = await bench.sync()
process.stdout.write(`done ${run.id}\n`)
await bench.close()
