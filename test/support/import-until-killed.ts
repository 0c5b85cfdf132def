import { createRouterClient } from '@orpc/server'
import type { ContractRouterClient } from '@orpc/contract'
import { createApp } from '../../src/main/app.ts'
import type { Contract } from '../../src/shared/contract/index.ts'

/** Started as a process of its own to be killed: imports a response (or writes packets, given a folder) and says when it begins and ends. */
const [folder = '', what = '', path = '', passphrase = ''] = process.argv.slice(2)
const app = await createApp({ folder, asOf: '2026-03-31', host: 'cli', threads: false })
const client: ContractRouterClient<Contract> = createRouterClient(app.router, { context: { actor: await app.officer() } })
process.stdout.write('begins\n')
if (what === 'import') await client.packets.import({ file: path, passphrase })
else for await (const _step of await client.packets.write({ campaign: 1, out: path, expiresOn: '2099-12-31', passphrase })) process.stdout.write('step\n')
process.stdout.write('ended\n')
await app.close()
