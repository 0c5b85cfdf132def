import { ArrowLeft } from 'lucide-react'

/** Up one level. */
export const BackLink = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <a className="back-link" href={href}>
    <ArrowLeft size={14} aria-hidden="true" />
    {children}
  </a>
)
