import type { SourceName } from './model.ts'

/** How people use an application; turned into a personal cadence in `usage.ts`. */
export type Rhythm = 'daily' | 'often' | 'weekly' | 'rare' | 'month-end' | 'quarter-end' | 'autumn'

export type Application = {
  name: string
  source: SourceName
  ownerDepartment: string
  /** Keyed by audience (`audience.ts`), so that the same application can be daily work for one and quarter-end work for another. */
  rhythm: Readonly<Record<string, Rhythm>>
}

const directory = (name: string, ownerDepartment: string, rhythm: Application['rhythm']): Application =>
  ({ name, source: 'directory', ownerDepartment, rhythm })

export const applications: readonly Application[] = [
  directory('Staff Directory', 'IT Operations', { '*': 'daily' }),
  directory('File Shares', 'IT Operations', { '*': 'often', Manufacturing: 'weekly', Logistics: 'weekly' }),
  directory('Remote Access', 'Information Security', { '*': 'weekly' }),
  directory('Project Rooms', 'IT Operations', { '*': 'weekly' }),
  directory('Relata CRM', 'Sales', { '*': 'weekly', Sales: 'daily', 'Customer Support': 'often' }),
  directory('Deskwell', 'Customer Support', { '*': 'weekly', 'Customer Support': 'daily', 'IT Operations': 'daily' }),
  directory('Campfolio', 'Marketing', { '*': 'weekly', Marketing: 'daily' }),
  directory('Personalia', 'People and Culture', { '*': 'weekly', 'People and Culture': 'daily' }),
  directory('Clausebox', 'Legal and Compliance', { '*': 'weekly', 'Legal and Compliance': 'daily' }),
  directory('Tallybook', 'Finance', { '*': 'rare', '@lead': 'weekly', Finance: 'weekly', 'Legal and Compliance': 'weekly' }),
  directory('Codeyard', 'Engineering', { '*': 'weekly', Engineering: 'daily' }),
  directory('Shipline', 'Engineering', { '*': 'weekly', Engineering: 'often' }),
  directory('Skyplot', 'IT Operations', { '*': 'weekly', 'IT Operations': 'often', 'Engineering/Site Reliability Engineer': 'often' }),
  directory('Datamoor', 'Engineering', { '*': 'weekly', 'Engineering/Data Engineer': 'daily' }),
  directory('Lookdeck', 'Finance', { '*': 'weekly' }),
  directory('Gatewarden', 'Information Security', { '*': 'weekly', 'Information Security': 'daily' }),
  directory('Bankgate', 'Finance', { '*': 'often' }),
  directory('Paymoor', 'Finance', { '*': 'month-end' }),
  directory('Closeworks', 'Finance', { '*': 'quarter-end' }),
  directory('Plansheet', 'Finance', { '*': 'autumn' }),
  directory('Sourcebarn', 'Procurement', { '*': 'weekly', Procurement: 'daily' }),
  directory('Auditroom', 'Legal and Compliance', { '*': 'weekly', '@head': 'quarter-end', 'Finance/@lead': 'quarter-end' }),
  directory('Floorline', 'Manufacturing', { '*': 'often', Manufacturing: 'daily' }),
  directory('Stockrow', 'Logistics', { '*': 'daily' }),
  directory('Labtrail', 'Quality', { '*': 'often' }),
  {
    name: 'Ledgerline',
    source: 'ledgerline',
    ownerDepartment: 'Finance',
    rhythm: {
      '*': 'weekly', '@head': 'quarter-end', Finance: 'daily', 'Finance/@head': 'often', 'Logistics/@lead': 'often', Procurement: 'often',
      'Manufacturing/Production Planner': 'daily', 'Sales/Sales Operations Analyst': 'often',
    },
  },
]

const byName = new Map(applications.map((application) => [application.name, application]))

/** @throws RangeError for an application the company does not run. */
export function applicationNamed(name: string): Application {
  const application = byName.get(name)
  if (!application) throw new RangeError(`No such application: ${name}`)
  return application
}

/** Where technical staff use a login of their own for administration, apart from the one for daily work. */
export const separateAdminLogins: ReadonlySet<string> = new Set([
  'Staff Directory', 'Remote Access', 'Codeyard', 'Shipline', 'Skyplot', 'Datamoor', 'Gatewarden',
])
