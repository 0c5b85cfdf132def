import { csvEntitlements } from '../../src/main/connectors/csv/entitlements.ts'

// Runs as a process of its own under a small heap: `node --max-old-space-size=… memory-probe.ts FILE`.
const path = process.argv[2] ?? ''
const mapping = {
  columns: { account: 'account', entitlement: 'entitlement', grantedAt: 'granted' },
  delimiter: 'auto', hasHeader: true, splitEntitlementsAt: null, dateOrder: 'auto', constants: {},
} as const
const config = { from: 'file' as const, file: path, accountsOf: null, holdBelowShare: 0.7 }
let rows = 0
const { signal } = new AbortController()
for await (const batch of csvEntitlements.read({ config, mapping: { ...mapping }, path, signal })) rows += batch.rowsRead
process.stdout.write(`${rows}\n`)
