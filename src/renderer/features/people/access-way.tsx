import { ChevronRight } from 'lucide-react'
import { DirectoryText } from '../../components/directory-text.tsx'
import { t } from '../../texts/texts.ts'

/** How a right is held: directly, or by way of what. */
export const AccessWay = ({ via }: { readonly via: readonly string[] }) => (via.length === 0 ? <span className="faint">{t.inventory.person.direct}</span> : (
  <span className="access-way" title={via.join(' › ')}>
    {via.map((step, at) => (
      <span key={at} className="access-step">
        {at === 0 ? null : <ChevronRight size={12} aria-hidden="true" />}
        <DirectoryText>{step}</DirectoryText>
      </span>
    ))}
  </span>
))
