import { ChevronRight } from 'lucide-react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { t } from '../../../texts/texts.ts'
import { toPathSteps } from './path-steps.ts'

/** From the account through its groups to the right. */
export const AccessPath =
  ({ account, path, entitlement }: { readonly account: string; readonly path: string; readonly entitlement: string }) => (
  <ol className="access-path" aria-label={t.signals.path}>
    {[account, ...toPathSteps(path), entitlement].map((step, at, all) => (
      <li key={at} className={at === 0 || at === all.length - 1 ? 'path-end' : 'path-group'}>
        {at === 0 ? null : <ChevronRight size={13} aria-hidden="true" />}
        <span><DirectoryText>{step}</DirectoryText></span>
      </li>
    ))}
  </ol>
)
