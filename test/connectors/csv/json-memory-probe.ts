import { csvSignIns } from '../../../src/main/connectors/csv/sign-ins.ts'

// Runs as a process of its own under a small heap: `node --max-old-space-size=… json-memory-probe.ts FILE`.
const path = process.argv[2] ?? ''
const columns = { account: 'userPrincipalName', at: 'createdDateTime' }
const mapping = { columns, delimiter: 'auto' as const, hasHeader: true, splitEntitlementsAt: null, dateOrder: 'auto' as const, constants: {} }
const config = { from: 'file' as const, file: path, accountsOf: null, holdBelowShare: 0.7 }
let rows = 0
for await (const batch of csvSignIns.read({ config, mapping, path, signal: new AbortController().signal })) rows += batch.rowsRead
process.stdout.write(`${String(rows)}\n`)
