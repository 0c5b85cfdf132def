import type { Mapping } from '../../shared/model/source.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import type { Context } from './context.ts'

export function mappingHash(context: Pick<Context, 'hash'>, mapping: Mapping): string {
  return toHex(context.hash(utf8Bytes(canonicalJson(mapping))))
}
