// Run as a process of its own: mails a campaign's reviewers until whoever started it kills it.
import { createRouterClient } from '@orpc/server'
import { createApp } from '../../src/main/app.ts'

const app = await createApp({ folder: process.env['MAIL_FOLDER'] ?? '', asOf: '2026-03-31', host: 'cli', threads: false })
const client = createRouterClient(app.router, { context: { actor: await app.officer() } })
for await (const _ of await client.mail.send({ campaign: Number(process.env['MAIL_CAMPAIGN']) })) void _
