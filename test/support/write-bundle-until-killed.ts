// Run as a process of its own: writes a bundle as a seal does, and is killed when everything but its list is on the disk.
import { createTestOrganisation } from './test-keys.ts'
import { enrolReviewers, writeSampleBundle, writeSampleReport } from './sample-bundle.ts'
import type { ReportHead } from '../../src/shared/model/evidence-report.ts'

const [, , keys = '', folder = ''] = process.argv
const organisation = await createTestOrganisation(keys)
let told: ReportHead | undefined
await writeSampleBundle(folder, organisation, await enrolReviewers(organisation), {
  doctored: {
    head: (head) => (told ??= head),
    writeReport: async (report, evidence) => {
      await writeSampleReport(report, { head: told as ReportHead, items: [], evidence })
      process.kill(process.pid, 'SIGKILL')
    },
  },
})
