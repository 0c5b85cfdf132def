import type { Migration } from 'kysely/migration'
import * as firstStore from './0001-first-store.ts'
import * as liveSources from './0002-live-sources.ts'
import * as policies from './0003-policies.ts'
import * as learning from './0004-learning.ts'
import * as languageModel from './0005-language-model.ts'
import * as search from './0006-search.ts'
import * as assignments from './0007-assignments.ts'
import * as reviewDepth from './0008-review-depth.ts'
import * as remediation from './0009-remediation.ts'
import * as packets from './0010-packets.ts'
import * as calendar from './0011-calendar.ts'
import * as keptCopies from './0012-kept-copies.ts'
import * as counts from './0014-counts.ts'
import * as closingTheLoop from './0018-closing-the-loop.ts'
import * as together from './0020-together.ts'
import * as holders from './0021-holders.ts'
import * as mail from './0024-mail.ts'

/** Every migration ever released, in order. Static, so that a packaged app needs no folder to scan. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-store': firstStore,
  '0002-live-sources': liveSources,
  '0003-policies': policies,
  '0004-learning': learning,
  '0005-language-model': languageModel,
  '0006-search': search,
  '0007-assignments': assignments,
  '0008-review-depth': reviewDepth,
  '0009-remediation': remediation,
  '0010-packets': packets,
  '0011-calendar': calendar,
  '0012-kept-copies': keptCopies,
  '0014-counts': counts,
  '0018-closing-the-loop': closingTheLoop,
  '0020-together': together,
  '0021-holders': holders,
  '0024-mail': mail,
}
