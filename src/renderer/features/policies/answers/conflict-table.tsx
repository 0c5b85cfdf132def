import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import { StateBadge } from '../badges.tsx'
import type { ConflictLine, HeldSide } from '../policy-types.ts'

const Held = ({ rights }: { readonly rights: readonly HeldSide[] }) => (
  <ul className="held">
    {rights.map((one) => (
      <li key={one.entitlementId}>
        <DirectoryText>{one.name}</DirectoryText>{' '}
        <span className="faint">
          <DirectoryText>{one.application}</DirectoryText>
          {one.path === 'direct' ? null : <> · <DirectoryText>{one.path === '' ? t.policies.whatIf.would : one.path}</DirectoryText></>}
        </span>
      </li>
    ))}
  </ul>
)

interface TableProps {
  readonly lines: readonly ConflictLine[]
  /** Null where a conflict cannot be answered here. */
  readonly onExempt: ((line: ConflictLine) => void) | null
}

/** People in conflict under one rule: what they hold on either side, how it reached them, and whether somebody answers for it. */
export const ConflictTable = ({ lines, onExempt }: TableProps) => (
  <div className="sheet table-scroll">
    <table className="table conflicts">
      <thead>
        <tr>
          <th scope="col">{t.policies.preview.who}</th>
          <th scope="col">{t.policies.preview.holds}</th>
          <th scope="col">{t.policies.preview.and}</th>
          <th scope="col">{t.policies.preview.state}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.ruleId} ${line.identityId ?? line.subject}`}>
            <td>
              <DirectoryText>{line.subject}</DirectoryText>
              <p className="faint">{line.identityId === null ? t.policies.preview.noOwner : <DirectoryText>{line.department ?? ''}</DirectoryText>}</p>
            </td>
            <td><Held rights={line.left} /></td>
            <td><Held rights={line.right} /></td>
            <td>
              <StateBadge state={line.state} />
              {line.mitigatedBy === null ? null : <p className="faint"><SentenceText>{t.policies.preview.safeguard(line.mitigatedBy.name)}</SentenceText></p>}
              {line.exemptUntil === null ? null : <p className="faint">{t.policies.preview.until(formatDay(line.exemptUntil))}</p>}
              {line.identityId === null || onExempt === null ? null : (
                <p className="line-actions">
                  {line.state === 'open' ? (
                    <button type="button" className="button small" aria-label={t.policies.preview.exemptLabel(plainText(line.subject))} onClick={() => onExempt(line)}>
                      {t.policies.preview.exempt}
                    </button>
                  ) : null}
                  <a className="button small quiet" aria-label={t.policies.preview.whatIfLabel(plainText(line.subject))} href={toHash('policies', 'what-if', String(line.identityId))}>
                    {t.policies.preview.whatIf}
                  </a>
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
