import type { z } from 'zod'
import type { access, entitlementDetail, holder, personDetail, shownAccount } from '../../../shared/contract/inventory.ts'

export type PersonDetail = z.infer<typeof personDetail>
export type Access = z.infer<typeof access>
export type EntitlementDetail = z.infer<typeof entitlementDetail>
export type Holder = z.infer<typeof holder>
export type ShownAccount = z.infer<typeof shownAccount>
