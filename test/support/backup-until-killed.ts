// Run as a process of its own: begins a backup of an encrypted workspace, and is killed before it is done.
import { opened } from './encrypted-workspace.ts'

const [, , folder = '', passphrase = '', file = ''] = process.argv
const { officer } = await opened(folder, { passphrase })
for await (const step of await officer.workspace.backupSteps({ file })) if (step.state === 'working') process.kill(process.pid, 'SIGKILL')
