import { z } from 'zod'
import { pageInput, procedure } from './base.ts'
import { account, hrEvent, identity } from '../model/identity.ts'
import { entitlement } from '../model/entitlement.ts'
import { snapshot } from '../model/source.ts'
import { sodRule } from '../model/sod-rule.ts'

const access = z.object({ grantId: z.int(), account: z.string(), source: z.string(), entitlement, path: z.string(), grantedAt: z.string().nullable(), lastUsed: z.string().nullable() })

export const inventoryContract = {
  search: procedure
    .input(pageInput.extend({ text: z.string().default('') }))
    .output(z.object({
      identities: z.array(identity), entitlements: z.array(entitlement.extend({ holders: z.int() })), accounts: z.array(account),
    })),
  person: procedure.input(z.object({ identityId: z.int() })).output(z.object({ identity, manager: identity.nullable(), accounts: z.array(account), access: z.array(access), history: z.array(hrEvent) })),
  orphans: procedure.input(pageInput).output(z.object({
    total: z.int(),
    accounts: z.array(account.extend({ source: z.string(), grants: z.int(), suggestions: z.array(z.object({ identityId: z.int(), displayName: z.string(), why: z.string() })) })),
  })),
  confirmMatch: procedure.input(z.object({ accountId: z.int(), identityId: z.int() })).output(account),
  snapshots: procedure.output(z.array(snapshot)),
  /** A past snapshot, read back and its content hash recomputed. */
  snapshotRows: procedure.input(pageInput.extend({ snapshot: z.int() })).output(z.object({
    snapshot, recomputedHash: z.string(), rows: z.array(z.object({ account: z.string(), entitlement: z.string(), path: z.string() })),
  })),
  sodRules: procedure.output(z.array(sodRule)),
  setSodRules: procedure.input(z.object({ rules: z.array(sodRule) })).output(z.object({ rules: z.int() })),
}
