import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment } from '../../../components/format.ts'
import { EmptyView } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { PersonDetail } from '../people-types.ts'
import { UndoMatch } from '../undo-match.tsx'

const words = t.inventory.person

/** A person's accounts, and why each is theirs. */
export const AccountTable = ({ accounts, isOfficer }: { readonly accounts: PersonDetail['accounts']; readonly isOfficer: boolean }) => {
  const { accountColumns } = words
  return (
    <section className="section">
      <h2>{words.accounts}</h2>
      {accounts.length === 0 ? <EmptyView isInline title={words.noAccounts} text={words.noAccountsText} /> : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr><th scope="col">{accountColumns.login}</th><th scope="col">{accountColumns.source}</th><th scope="col">{accountColumns.state}</th><th scope="col">{accountColumns.why}</th></tr>
            </thead>
            <tbody>
              {accounts.map((account) => (
                <tr key={account.id}>
                  <td><DirectoryText>{account.login ?? account.nativeId}</DirectoryText></td>
                  <td><DirectoryText>{account.source}</DirectoryText></td>
                  <td>{account.isEnabled === null ? <span className="faint">{words.unknown}</span> : account.isEnabled ? words.enabled : <span className="badge">{t.inventory.disabled}</span>}</td>
                  <td>
                    {t.inventory.link[account.linkReason]}
                    {account.confirmed === null ? null : (
                      <>
                        {' '}<span className="faint">{words.confirmedBy(account.confirmed.by, formatMoment(account.confirmed.at))}</span>{' '}
                        {isOfficer ? <UndoMatch accountId={account.id} login={account.login ?? account.nativeId} /> : null}
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
