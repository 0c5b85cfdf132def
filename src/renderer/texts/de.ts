import type { en } from './en.ts'
import { calendarTexts } from './de/calendar.ts'
import { campaignTexts } from './de/campaigns.ts'
import { commonTexts } from './de/common.ts'
import { evidenceTexts } from './de/evidence.ts'
import { keyTexts } from './de/keys.ts'
import { learningTexts } from './de/learning.ts'
import { mailTexts } from './de/mail.ts'
import { ownPacketTexts } from './de/packet.ts'
import { packetTexts } from './de/packets.ts'
import { peopleTexts } from './de/people.ts'
import { policyTexts } from './de/policies.ts'
import { protectionTexts } from './de/protection.ts'
import { timeAuthorityTexts } from './de/time-authority.ts'
import { remediationTexts } from './de/remediation.ts'
import { reviewTexts } from './de/review.ts'
import { sealTexts } from './de/seal.ts'
import { settingsTexts } from './de/settings.ts'
import { shellTexts } from './de/shell.ts'
import { signalTexts } from './de/signals.ts'
import { signOffTexts } from './de/sign-off.ts'
import { sourceTexts } from './de/sources.ts'
import { todayTexts } from './de/today.ts'
import { workTexts } from './de/work.ts'

/** Every German text of the screens, in the very shape of the English ones. */
export const de: typeof en = {
  ...commonTexts,
  today: todayTexts,
  sources: sourceTexts,
  inventory: peopleTexts,
  review: reviewTexts,
  signals: signalTexts,
  signOff: signOffTexts,
  campaigns: campaignTexts,
  calendar: calendarTexts,
  packets: packetTexts,
  packet: ownPacketTexts,
  evidence: evidenceTexts,
  policies: policyTexts,
  protection: protectionTexts,
  timeAuthority: timeAuthorityTexts,
  remediation: remediationTexts,
  settings: settingsTexts,
  keys: keyTexts,
  learning: learningTexts,
  mail: mailTexts,
  seal: sealTexts,
  shell: shellTexts,
  work: workTexts,
}
