import { CircleCheck, CircleX } from 'lucide-react'
import { t } from '../../../texts/texts.ts'
import type { NeededPermission } from './needed-permissions.ts'

/** Each permission: what it is for, what is missing without it, and, once asked, whether it is granted. */
export const PermissionList = ({ permissions, label }: { readonly permissions: readonly NeededPermission[]; readonly label?: string }) => {
  const words = t.sources.permissions
  return (
    <ul className="sheet" aria-label={label ?? words.title}>
      {permissions.map(({ permission, why, without, isRequired, isGranted, more }) => (
        <li key={permission} className="permission">
          <span className="mono">{permission}</span>
          <span>
            {why}
            {more === undefined ? null : <><br /><span className="faint">{more}</span></>}
          </span>
          <span className="soft"><span className="faint">{words.without}: </span>{without}</span>
          {isGranted === undefined ? <span className={isRequired ? 'badge calm' : 'badge'}>{isRequired ? words.required : words.optional}</span>
            : isGranted === null ? <span className="badge calm">{words.unknown}</span>
            : isGranted ? <span className="badge good"><CircleCheck size={13} aria-hidden="true" />{words.granted}</span>
              : <span className={isRequired ? 'badge hot' : 'badge warm'}><CircleX size={13} aria-hidden="true" />{words.missing}</span>}
        </li>
      ))}
    </ul>
  )
}
