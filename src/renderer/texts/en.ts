import { calendarTexts } from './en/calendar.ts'
import { campaignTexts } from './en/campaigns.ts'
import { commonTexts } from './en/common.ts'
import { evidenceTexts } from './en/evidence.ts'
import { keyTexts } from './en/keys.ts'
import { learningTexts } from './en/learning.ts'
import { mailTexts } from './en/mail.ts'
import { ownPacketTexts } from './en/packet.ts'
import { packetTexts } from './en/packets.ts'
import { policyTexts } from './en/policies.ts'
import { peopleTexts } from './en/people.ts'
import { protectionTexts } from './en/protection.ts'
import { timeAuthorityTexts } from './en/time-authority.ts'
import { remediationTexts } from './en/remediation.ts'
import { reviewTexts } from './en/review.ts'
import { sealTexts } from './en/seal.ts'
import { settingsTexts } from './en/settings.ts'
import { shellTexts } from './en/shell.ts'
import { signalTexts } from './en/signals.ts'
import { signOffTexts } from './en/sign-off.ts'
import { sourceTexts } from './en/sources.ts'
import { todayTexts } from './en/today.ts'
import { workTexts } from './en/work.ts'

/** Every English text of the screens. */
export const en = {
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
