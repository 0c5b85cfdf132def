import { applicationNamed } from './applications.ts'
import { financeRights } from './catalogue/finance.ts'
import { ledgerlineRights } from './catalogue/ledgerline.ts'
import { operationsRights } from './catalogue/operations.ts'
import type { ApplicationRights, CatalogueRow } from './catalogue/row.ts'
import { technologyRights } from './catalogue/technology.ts'
import { workplaceRights } from './catalogue/workplace.ts'
import { departments, EXECUTIVE, locations, projectWords } from './company.ts'
import { currentRole } from './audience.ts'
import type { Entitlement, Worker } from './model.ts'
import { toAscii } from './names.ts'
import type { Random } from './random.ts'

export const PROJECT_ROOMS = 'Project Rooms'
/** Entitlements per thousand people that are rooms of projects: these grow with the company, its applications do not. */
const PROJECTS_PER_MILLE = 60

function departmentRights(): readonly ApplicationRights[] {
  const names = [...departments.map((department) => department.name), EXECUTIVE]
  const code = (name: string): string => toAscii(name.replaceAll(' ', '-')).toUpperCase()
  return [
    {
      application: 'File Shares',
      rights: names.flatMap((name): CatalogueRow[] => [
        [`FS-${code(name)}-RW`, `${name} share`, `Reads and changes the files of ${name}.`, 'none', 'low',
          { [name]: 95, [`${name}/@lead`]: 98 }],
        [`FS-${code(name)}-RO`, `${name} share, read only`, `Reads the files ${name} publishes for others.`, 'none', 'low',
          { '@lead': 18, '*': 3 }],
      ]),
    },
    {
      application: 'Staff Directory',
      rights: names.map((name): CatalogueRow =>
        [`DL-${code(name)}`, `Mail list ${name}`, `Receives mail sent to everyone in ${name}.`, 'none', 'low', { [name]: 97 }]),
    },
  ]
}

function siteRights(): ApplicationRights {
  return {
    application: 'Staff Directory',
    rights: locations.flatMap((site): CatalogueRow[] => [
      [`GRP-SITE-${site.code}`, `Site ${site.name}`, `Printing, meeting rooms and door badges in ${site.name}.`, 'none', 'low',
        { [`@site:${site.name}`]: 97 }],
      [`DL-SITE-${site.code}`, `Mail list ${site.name}`, `Receives mail sent to everyone in ${site.name}.`, 'none', 'low',
        { [`@site:${site.name}`]: 92 }],
    ]),
  }
}

function projectRights(people: number): ApplicationRights {
  const count = Math.max(3, Math.round((people * PROJECTS_PER_MILLE) / 1000))
  return {
    application: PROJECT_ROOMS,
    rights: Array.from({ length: count }, (_, at): CatalogueRow => {
      const round = Math.floor(at / projectWords.length) + 1
      const name = `${projectWords[at % projectWords.length]}${round > 1 ? ` ${round}` : ''}`
      // Every ninth project never wrote down what it is about.
      const text = at % 9 === 4 ? '' : `Documents, tasks and chat of project ${name}.`
      return [`PRJ-${name.toUpperCase().replace(' ', '-')}`, `Project ${name}`, text, 'none', at % 5 === 0 ? 'medium' : 'low', {}]
    }),
  }
}

/** Who answers for what: heads answer for their department, and a few rights have nobody. */
function createOwners(random: Random, workers: readonly Worker[]) {
  const settled = workers.filter((worker) => worker.story === 'plain' && worker.left === null && worker.kind === 'Employee')
  const byDepartment = Map.groupBy(settled, (worker) => currentRole(worker).department)
  const chief = workers[0]?.email ?? ''
  const head = (department: string): string => byDepartment.get(department)?.find((worker) => worker.rank === 'head')?.email ?? chief
  return (row: CatalogueRow, application: string): string => {
    const [, , , privilege, , audience] = row
    if (privilege === 'none' && random.chance(5)) return ''
    if (application === PROJECT_ROOMS) return random.pick(settled).email
    const named = Object.keys(audience).map((key) => key.split('/')[0] ?? '').find((name) => byDepartment.has(name))
    const department = named ?? applicationNamed(application).ownerDepartment
    const seniors = (byDepartment.get(department) ?? []).filter((worker) => worker.rank !== 'member')
    return privilege !== 'admin' && seniors.length > 0 && random.chance(55) ? random.pick(seniors).email : head(department)
  }
}

/** Every right that exists, whether anybody holds it or not; the files show those that are held. */
export function createEntitlements(random: Random, people: number, workers: readonly Worker[]): Entitlement[] {
  const all = [
    ...workplaceRights, ...departmentRights(), siteRights(), ...technologyRights, ...financeRights, ...operationsRights,
    projectRights(people), ledgerlineRights,
  ]
  const ownerOf = createOwners(random, workers)
  return all.flatMap(({ application, rights }) => rights.map((row) => ({ application, row }))).map(({ application, row }, index) => {
    const [id, name, description, privilege, risk, audience] = row
    const { source } = applicationNamed(application)
    return { index, source, application, id, name: name || id, description, privilege, risk, owner: ownerOf(row, application), audience }
  })
}
