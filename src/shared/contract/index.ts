import { workspaceContract } from './workspace.ts'
import { sourcesContract } from './sources.ts'
import { inventoryContract } from './inventory.ts'
import { calendarContract } from './calendar.ts'
import { campaignsContract } from './campaigns.ts'
import { reviewContract } from './review.ts'
import { evidenceContract } from './evidence.ts'
import { languageModelContract } from './language-model.ts'
import { policiesContract } from './policies.ts'
import { learningContract } from './learning.ts'
import { packetsContract } from './packets.ts'
import { remediationContract } from './remediation.ts'
import { keysContract } from './keys.ts'
import { workContract } from './work.ts'
import { mailContract } from './mail.ts'

/** Everything a screen, a command line or a browser can ask of the engine. The only file that gathers the others. */
export const contract = {
  workspace: workspaceContract,
  sources: sourcesContract,
  inventory: inventoryContract,
  campaigns: campaignsContract,
  calendar: calendarContract,
  review: reviewContract,
  evidence: evidenceContract,
  languageModel: languageModelContract,
  policies: policiesContract,
  learning: learningContract,
  packets: packetsContract,
  remediation: remediationContract,
  keys: keysContract,
  work: workContract,
  mail: mailContract,
}

export type Contract = typeof contract
