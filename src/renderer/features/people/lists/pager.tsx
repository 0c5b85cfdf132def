import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** Where one is in a long work list. */
export const Pager = ({ from, size, total, onFrom }: { readonly from: number; readonly size: number; readonly total: number; readonly onFrom: (from: number) => void }) => (total <= size ? null : (
  <div className="pager">
    <button type="button" className="button small" disabled={from === 0} onClick={() => onFrom(Math.max(0, from - size))}>{t.inventory.orphans.previous}</button>
    <span className="soft numbers" role="status">{t.inventory.orphans.page(formatNumber(from + 1), formatNumber(Math.min(from + size, total)), formatNumber(total))}</span>
    <button type="button" className="button small" disabled={from + size >= total} onClick={() => onFrom(from + size)}>{t.inventory.orphans.next}</button>
  </div>
))
