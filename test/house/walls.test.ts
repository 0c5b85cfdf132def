import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const project = resolve(import.meta.dirname, '../..')
const bin = (name: string): string => join(project, 'node_modules/.bin', name)

/** Rule of .dependency-cruiser.cjs → a file that breaks it, and what that file needs to exist. */
const planted: Readonly<Record<string, { readonly file: string; readonly text: string; readonly also?: Readonly<Record<string, string>> }>> = {
  'no-cycles': { file: 'src/main/core/a.ts', text: `import { b } from './b.ts'\nexport const a = b\n`, also: { 'src/main/core/b.ts': `import { a } from './a.ts'\nexport const b = a\n` } },
  resolvable: { file: 'src/main/core/lost.ts', text: `import { gone } from './nowhere.ts'\nexport const lost = gone\n` },
  'shared-knows-only-shared': { file: 'src/shared/contract/x.ts', text: `import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n` },
  'model-needs-only-zod': { file: 'src/shared/model/x.ts', text: `import { oc } from '@orpc/contract'\nexport const x = oc\n` },
  'core-is-pure': { file: 'src/main/core/disk.ts', text: `import { readFileSync } from 'node:fs'\nexport const disk = readFileSync\n` },
  'use-cases-know-interfaces-and-storage': { file: 'src/main/use-cases/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n`, also: { 'src/main/reports/pdf.ts': 'export const pdf = 1\n' } },
  'use-cases-know-no-host': { file: 'src/main/use-cases/y.ts', text: `import { web } from '../hosts/web/web.ts'\nexport const y = web\n`, also: { 'src/main/hosts/web/web.ts': 'export const web = 1\n' } },
  'use-cases-need-no-packages': { file: 'src/main/use-cases/z.ts', text: `import { parse } from 'csv-parse'\nexport const z = parse\n` },
  'storage-stays-in-its-room': { file: 'src/main/storage/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'connectors-stays-in-its-room': { file: 'src/main/connectors/x.ts', text: `import { x as y } from '../storage/x.ts'\nexport const x = y\n` },
  'secrets-stays-in-its-room': { file: 'src/main/secrets/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'narrators-stays-in-its-room': { file: 'src/main/narrators/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'reports-stays-in-its-room': { file: 'src/main/reports/x.ts', text: `import { z } from '../use-cases/z.ts'\nexport const x = z\n` },
  'tickets-stays-in-its-room': { file: 'src/main/tickets/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'mail-stays-in-its-room': { file: 'src/main/mail/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'exchange-stays-in-its-room': { file: 'src/main/exchange/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'jobs-stays-in-its-room': { file: 'src/main/jobs/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'sql-only-in-storage': { file: 'src/main/procedures/sql.ts', text: `import { sql } from 'kysely'\nexport const query = sql\n` },
  'hosts-go-through-app': { file: 'src/main/hosts/cli/x.ts', text: `import { z } from '../../use-cases/z.ts'\nexport const x = z\n` },
  'a-host-knows-no-other-host': { file: 'src/main/hosts/desktop/x.ts', text: `import { web } from '../web/web.ts'\nexport const x = web\n` },
  'electron-only-in-desktop': { file: 'src/main/hosts/web/e.ts', text: `import { app } from 'electron'\nexport const e = app\n` },
  'procedures-translate': { file: 'src/main/procedures/x.ts', text: `import { pdf } from '../reports/pdf.ts'\nexport const x = pdf\n` },
  'renderer-knows-only-shared': { file: 'src/renderer/x.ts', text: `import { b } from '../main/core/b.ts'\nexport const x = b\n` },
  'a-feature-knows-no-other-feature': { file: 'src/renderer/features/review/x.ts', text: `import { y } from '../today/y.ts'\nexport const x = y\n`, also: { 'src/renderer/features/today/y.ts': 'export const y = 1\n' } },
  'no-development-packages-in-the-engine': { file: 'src/main/use-cases/dev.ts', text: `import { test } from 'fast-check'\nexport const dev = test\n` },
}

describe('the walls of ARCHITECTURE.md bite', () => {
  let tree: string
  let broken: ReadonlySet<string>

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'muster-walls-'))
    await symlink(join(project, 'node_modules'), join(tree, 'node_modules'))
    for (const name of ['package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs']) await symlink(join(project, name), join(tree, name))
    for (const { file, text, also } of Object.values(planted)) {
      for (const [path, content] of Object.entries({ [file]: text, ...also })) {
        await mkdir(dirname(join(tree, path)), { recursive: true })
        await writeFile(join(tree, path), content)
      }
    }
    broken = new Set(await violations(tree))
  })
  afterAll(() => rm(tree, { recursive: true, force: true }))

  it.each(Object.keys(planted))('%s: a planted violation is caught', (rule) => {
    expect(broken).toContain(rule)
  })

  it('every rule has a planted violation', () => {
    const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] }
    expect(config.forbidden.map((rule) => rule.name).sort()).toEqual(Object.keys(planted).sort())
  })
})

describe('each runtime has its own types', () => {
  it.each([
    ['core knows no Node', 'src/main/core', 'export const x = process.env\n'],
    ['core knows no browser', 'src/main/core', 'export const x = document.title\n'],
    ['shared knows no Node', 'src/shared', 'export const x = Buffer.from("")\n'],
    ['the engine knows no browser', 'src/main', 'export const x = window.location\n'],
    ['the renderer knows no Node', 'src/renderer', 'export const x = process.env\n'],
  ])('%s', async (_promise, room, text) => {
    const folder = await mkdtemp(join(project, room, '.planted-'))
    try {
      await writeFile(join(folder, 'x.ts'), text)
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../tsconfig.json', include: ['x.ts'], exclude: [] }))
      const outcome = await run(bin('tsc'), ['-p', folder]).then(() => 'compiled', (error: unknown) => String((error as { stdout: unknown }).stdout))
      expect(outcome).toMatch(/error TS2(304|580|584|591|552)/)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('lint refuses what the core must not do', () => {
  const eslint = new ESLint({ cwd: project })
  it.each([
    ['the clock', 'export const x = Date.now()\n'],
    ['today', 'export const x = new Date()\n'],
    ['chance', 'export const x = Math.random()\n'],
    ['any', 'export const x = (y: any): unknown => y\n'],
    ['default exports', 'const x = 1\nexport default x\n'],
  ])('%s', async (_what, text) => {
    const [result] = await eslint.lintText(text, { filePath: join(project, 'src/main/core/planted.ts') })
    expect(result?.errorCount).toBeGreaterThan(0)
  })
})

async function violations(folder: string): Promise<string[]> {
  const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const stdout = await run(bin('depcruise'), args, { cwd: folder, maxBuffer: 64 << 20 }).then(
    (done) => done.stdout,
    (error: unknown) => (error as { stdout: string }).stdout,
  )
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } }
  return report.summary.violations.map((violation) => violation.rule.name)
}
