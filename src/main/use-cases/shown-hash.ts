import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import type { NewItem } from '../storage/review-items.ts'
import type { Context } from './context.ts'

/**
 * SHA-256 in hex over what a reviewer is shown of an item besides its packet, which holds no names: as a JSON array in a fixed order. The
 * launch records it, so that whoever renames a person or a right afterwards is found out.
 */
export function shownHash(context: Pick<Context, 'hash'>, item: NewItem): string {
  const shown = [
    item.subject_name, item.subject_kind, item.subject_title, item.subject_department, item.account_name, item.source_name, item.application,
    item.entitlement_name, item.entitlement_native_id, item.entitlement_description, item.owner_email, item.privilege, item.risk, item.path,
    item.granted_at, item.confidence, item.score, item.rules, item.is_flagged, item.hide_advice, item.narrative,
    // Only where there is one, so that items from before there were such figures keep their hash.
    ...(item.chance === null ? [] : [item.chance]),
  ]
  return toHex(context.hash(utf8Bytes(JSON.stringify(shown))))
}
