import { clientOn } from '../../../src/main/hosts/cli/session.ts'
import type { EngineApp } from '../../../src/main/hosts/engine-types.ts'
import { hostKeepsTheContract } from '../contract-suite.ts'
import { realDoors } from '../run-command.ts'

hostKeepsTheContract('the command line', async (router, actor, log) => {
  const app: EngineApp = { incoming: '', router, people: async () => [actor], actor: async () => actor, officer: async () => actor, close: async () => {} }
  const terminal = { cwd: '/', env: {}, out: () => {}, err: () => {}, isOutTty: false, isErrTty: false, askHidden: null, signal: new AbortController().signal }
  const globals = { workspace: null, as: [], asOf: null, isJson: true, hasColor: false }
  const invocation = { terminal, globals, doors: { ...realDoors, errorLogIn: () => log } }
  return { client: clientOn(app, actor, invocation, '/'), close: async () => {} }
})
