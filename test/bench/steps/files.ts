import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeLeanGrants, writePeople, writeRichGrants, writeSignIns } from '../data/files.ts'
import { organisation } from '../data/organisation.ts'
import { numberOf, textOf, type Step } from '../result.ts'

/** Input: `grants`, `folder`, `forms` (lean, rich, both by comma). Lean files come in three states: as is, scrambled, 1 % changed. */
export const writeFiles: Step = (input) => {
  const grants = numberOf(input, 'grants')
  const folder = textOf(input, 'folder')
  const forms = textOf(input, 'forms').split(',')
  mkdirSync(folder, { recursive: true })
  const made = organisation(grants)
  const figures: Record<string, number> = { people: made.people, entitlements: made.entitlements }
  if (forms.includes('lean')) {
    figures['bytes'] = writeLeanGrants(join(folder, 'grants.csv'), made)
    writeLeanGrants(join(folder, 'grants-scrambled.csv'), organisation(grants, { isScrambled: true }))
    writeLeanGrants(join(folder, 'grants-changed.csv'), organisation(grants, { changedPercent: 1 }))
  }
  if (forms.includes('rich')) {
    writeRichGrants(join(folder, 'access.csv'), made)
    writeRichGrants(join(folder, 'access-changed.csv'), organisation(grants, { changedPercent: 1 }))
    writePeople(join(folder, 'people.csv'), made)
    figures['signIns'] = made.people * 12
    writeSignIns(join(folder, 'sign-ins.csv'), made)
  }
  return Promise.resolve({ figures })
}
