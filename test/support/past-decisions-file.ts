/** Sixty accountants' and heads' rights as another tool decided them: administration is usually taken away, the rest usually kept. */
export function pastDecisionsFile(rows = 160): string {
  const lines = ['Account;Entitlement;Decision;Decided on;Department;Title;Manager']
  const rights = ['erp-post', 'erp-pay', 'erp-admin', 'crm-read']
  for (let row = 0; row < rows; row++) {
    const right = rights[row % 4] ?? ''
    const account = row % 40 < 20 ? ['tom', 'tia', 'ted', 'mia'][row % 4 === 2 ? 2 : row % 3] : `old-${row % 60}`
    const isRevoked = right === 'erp-admin' ? row % 20 !== 2 : row % 17 === 1
    const day = String(1 + (row % 28)).padStart(2, '0')
    lines.push([account, right, isRevoked ? 'revoked' : 'approved', `${day}.0${1 + (row % 9)}.2025`, 'Finance', row % 5 === 0 ? 'Clerk' : 'Accountant', '1002'].join(';'))
  }
  return `${lines.join('\n')}\n`
}
