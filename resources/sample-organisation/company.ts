/** The invented company: what it does, where, and in which departments. Weights are heads per about 400 people. */
export const COMPANY = 'Norrvale Instruments'
export const DOMAIN = 'norrvale.example'

export type Department = {
  name: string
  division: string
  costCenter: number
  weight: number
  head: string
  manager: string
  lead: string
  /** Titles of those who lead nobody, with their relative frequency. */
  titles: readonly (readonly [string, number])[]
  locations: readonly string[]
  takesContractors: boolean
}

export const locations: readonly { name: string; code: string; utcOffsetMinutes: number }[] = [
  { name: 'Hamburg', code: 'HAM', utcOffsetMinutes: 60 },
  { name: 'Lyon', code: 'LYO', utcOffsetMinutes: 60 },
  { name: 'Leeds', code: 'LEE', utcOffsetMinutes: 0 },
  { name: 'Porto', code: 'POR', utcOffsetMinutes: 0 },
  { name: 'Kraków', code: 'KRK', utcOffsetMinutes: 60 },
  { name: 'Thessaloniki', code: 'THE', utcOffsetMinutes: 120 },
  { name: 'Montréal', code: 'MON', utcOffsetMinutes: -300 },
  { name: 'Pune', code: 'PUN', utcOffsetMinutes: 330 },
]

export const EXECUTIVE = 'Executive Office'

export const chiefTitles = [
  'Chief Executive Officer', 'Chief Financial Officer', 'Chief Operating Officer', 'Chief Technology Officer', 'Chief People Officer',
] as const

export const departments: readonly Department[] = [
  {
    name: 'Engineering', division: 'Technology', costCenter: 3100, weight: 70, head: 'Head of Engineering', manager: 'Engineering Manager',
    lead: 'Engineering Team Lead', takesContractors: true, locations: ['Hamburg', 'Kraków', 'Pune', 'Montréal'],
    titles: [
      ['Software Engineer', 30], ['Senior Software Engineer', 16], ['Site Reliability Engineer', 8], ['QA Engineer', 9],
      ['Data Engineer', 7],
    ],
  },
  {
    name: 'Manufacturing', division: 'Operations', costCenter: 5100, weight: 60, head: 'Head of Manufacturing', manager: 'Plant Manager',
    lead: 'Shift Lead', takesContractors: true, locations: ['Leeds', 'Porto', 'Kraków'],
    titles: [['Machine Operator', 34], ['Production Planner', 10], ['Maintenance Technician', 12]],
  },
  {
    name: 'Sales', division: 'Commercial', costCenter: 2100, weight: 50, head: 'Head of Sales', manager: 'Regional Sales Manager',
    lead: 'Sales Team Lead', takesContractors: false, locations: ['Hamburg', 'Lyon', 'Leeds', 'Montréal', 'Thessaloniki'],
    titles: [['Account Executive', 26], ['Sales Development Representative', 12], ['Sales Operations Analyst', 8]],
  },
  {
    name: 'Customer Support', division: 'Commercial', costCenter: 2300, weight: 36, head: 'Head of Customer Support',
    manager: 'Support Manager', lead: 'Support Team Lead', takesContractors: true, locations: ['Porto', 'Pune', 'Leeds'],
    titles: [['Support Agent', 22], ['Senior Support Agent', 10]],
  },
  {
    name: 'Finance', division: 'Corporate', costCenter: 1100, weight: 32, head: 'Head of Finance', manager: 'Finance Manager',
    lead: 'Finance Team Lead', takesContractors: false, locations: ['Hamburg', 'Lyon', 'Leeds'],
    titles: [
      ['Accounts Payable Clerk', 9], ['Accounts Receivable Clerk', 6], ['Accountant', 7], ['Financial Controller', 6],
      ['Treasury Analyst', 4], ['Payroll Specialist', 4],
    ],
  },
  {
    name: 'Logistics', division: 'Operations', costCenter: 5300, weight: 28, head: 'Head of Logistics', manager: 'Warehouse Manager',
    lead: 'Warehouse Team Lead', takesContractors: true, locations: ['Leeds', 'Porto', 'Hamburg'],
    titles: [['Warehouse Operative', 16], ['Shipping Coordinator', 9]],
  },
  {
    name: 'Research', division: 'Technology', costCenter: 3500, weight: 26, head: 'Head of Research', manager: 'Research Manager',
    lead: 'Principal Scientist', takesContractors: true, locations: ['Lyon', 'Montréal', 'Thessaloniki'],
    titles: [['Research Scientist', 14], ['Laboratory Technician', 9]],
  },
  {
    name: 'IT Operations', division: 'Technology', costCenter: 3300, weight: 24, head: 'Head of IT Operations',
    manager: 'IT Operations Manager', lead: 'IT Team Lead', takesContractors: true, locations: ['Hamburg', 'Kraków', 'Pune'],
    titles: [['Systems Administrator', 9], ['Service Desk Analyst', 9], ['Network Engineer', 4], ['Database Administrator', 4]],
  },
  {
    name: 'Marketing', division: 'Commercial', costCenter: 2500, weight: 16, head: 'Head of Marketing', manager: 'Marketing Manager',
    lead: 'Marketing Team Lead', takesContractors: true, locations: ['Lyon', 'Hamburg'],
    titles: [['Marketing Specialist', 9], ['Content Designer', 6]],
  },
  {
    name: 'Quality', division: 'Operations', costCenter: 5500, weight: 14, head: 'Head of Quality', manager: 'Quality Manager',
    lead: 'Quality Team Lead', takesContractors: false, locations: ['Leeds', 'Porto', 'Kraków'],
    titles: [['Quality Engineer', 7], ['Quality Inspector', 7]],
  },
  {
    name: 'People and Culture', division: 'Corporate', costCenter: 1300, weight: 14, head: 'Head of People and Culture',
    manager: 'People Manager', lead: 'People Team Lead', takesContractors: false, locations: ['Hamburg', 'Leeds', 'Pune'],
    titles: [['People Partner', 6], ['Recruiter', 4], ['People Operations Specialist', 5]],
  },
  {
    name: 'Procurement', division: 'Corporate', costCenter: 1500, weight: 12, head: 'Head of Procurement', manager: 'Procurement Manager',
    lead: 'Category Lead', takesContractors: false, locations: ['Hamburg', 'Porto'],
    titles: [['Buyer', 8], ['Supplier Quality Specialist', 4]],
  },
  {
    name: 'Information Security', division: 'Technology', costCenter: 3700, weight: 8, head: 'Head of Information Security',
    manager: 'Security Manager', lead: 'Security Team Lead', takesContractors: false, locations: ['Hamburg', 'Kraków'],
    titles: [['Security Analyst', 5], ['Identity Engineer', 3]],
  },
  {
    name: 'Legal and Compliance', division: 'Corporate', costCenter: 1700, weight: 8, head: 'General Counsel',
    manager: 'Compliance Manager', lead: 'Senior Counsel', takesContractors: false, locations: ['Hamburg', 'Lyon'],
    titles: [['Legal Counsel', 4], ['Compliance Officer', 2], ['Internal Auditor', 3]],
  },
]

const executive: Department = {
  name: EXECUTIVE, division: 'Corporate', costCenter: 1000, weight: 0, head: chiefTitles[0], manager: chiefTitles[0], lead: chiefTitles[0],
  titles: [['Executive Assistant', 1]], locations: ['Hamburg'], takesContractors: false,
}

const byName = new Map([...departments, executive].map((department) => [department.name, department]))
const locationByName = new Map(locations.map((location) => [location.name, location]))

/** @throws RangeError for a department the company does not have. */
export function departmentNamed(name: string): Department {
  const department = byName.get(name)
  if (!department) throw new RangeError(`No such department: ${name}`)
  return department
}

/** @throws RangeError for a site the company does not have. */
export function locationNamed(name: string): (typeof locations)[number] {
  const location = locationByName.get(name)
  if (!location) throw new RangeError(`No such location: ${name}`)
  return location
}

export const projectWords = [
  'Kestrel', 'Larch', 'Basalt', 'Heron', 'Saffron', 'Tern', 'Juniper', 'Cobalt', 'Marten', 'Osprey', 'Quartz', 'Fennel', 'Lapwing', 'Amber',
  'Rowan', 'Otter', 'Plover', 'Thyme', 'Granite', 'Curlew', 'Hazel', 'Merlin', 'Opal', 'Sorrel', 'Bittern', 'Alder', 'Flint', 'Wren',
  'Borage', 'Lynx', 'Umber', 'Teal', 'Nettle', 'Pike', 'Slate', 'Godwit', 'Cedar', 'Jasper', 'Yarrow', 'Badger',
] as const

export const partnerCompanies: readonly { name: string; domain: string }[] = [
  { name: 'Kelpworks', domain: 'kelpworks.example' },
  { name: 'Tavory & Lunde Auditors', domain: 'tavory-lunde.example' },
  { name: 'Brightmoor Tooling', domain: 'brightmoor.example' },
  { name: 'Ostrava Optik Partners', domain: 'ostravaoptik.example' },
  { name: 'Quillfeather Design', domain: 'quillfeather.example' },
  { name: 'Sandhop Logistics', domain: 'sandhop.example' },
]
