import type { Day } from './calendar.ts'
import { chiefTitles, departmentNamed, departments, DOMAIN, EXECUTIVE, type Department } from './company.ts'
import type { Absence, Rank, Worker } from './model.ts'
import { createNames } from './names.ts'
import type { Random } from './random.ts'

/** People per lead, and leads per manager. */
const TEAM_SIZE = 9
const LEADS_PER_MANAGER = 8
/** Contractors per 100 people. */
const CONTRACTOR_PERCENT = 8.75

type Post = { department: Department; title: string; rank: Rank; manager: number | null; kind: Worker['kind'] }

/** `total` split by weight, rounded so that the sum is right (largest remainder), at least `least` each. */
function split(total: number, weights: readonly number[], least: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const counts = exact.map((share) => Math.max(least, Math.floor(share)))
  const order = exact.map((share, at) => ({ at, rest: share - Math.floor(share) })).sort((a, b) => b.rest - a.rest || a.at - b.at)
  let missing = total - counts.reduce((all, count) => all + count, 0)
  for (const { at } of order) {
    if (missing <= 0) break
    counts[at] = (counts[at] ?? 0) + 1
    missing -= 1
  }
  return counts
}

/** Every post of the company with the index of the post it reports to; the chief executive is 0. */
function createPosts(random: Random, people: number): Post[] {
  const office = departmentNamed(EXECUTIVE)
  const posts: Post[] = []
  const add = (department: Department, title: string, rank: Rank, manager: number | null, kind: Worker['kind'] = 'Employee'): number =>
    posts.push({ department, title, rank, manager, kind }) - 1
  const chiefs = Math.min(12, Math.max(1, Math.round(people / 70)))
  for (let at = 0; at < chiefs; at += 1) {
    const title = chiefTitles[at]
    add(office, title ?? 'Executive Assistant', title ? 'chief' : 'member', at === 0 ? null : 0)
  }
  const contractors = Math.round((people * CONTRACTOR_PERCENT) / 100)
  const hosting = departments.filter((department) => department.takesContractors)
  const hostingWeight = hosting.reduce((sum, department) => sum + department.weight, 0)
  split(people - chiefs, departments.map((department) => department.weight), 1).forEach((count, at) => {
    const department = departments[at] as Department
    const head = add(department, department.head, 'head', 0)
    const leadCount = count < 6 ? 0 : Math.max(1, Math.round((count - 1) / (TEAM_SIZE + 1)))
    const managerCount = leadCount > LEADS_PER_MANAGER ? Math.ceil(leadCount / LEADS_PER_MANAGER) : 0
    const managers = Array.from({ length: managerCount }, () => add(department, department.manager, 'manager', head))
    const leads = Array.from({ length: leadCount }, (_, lead) =>
      add(department, department.lead, 'lead', managers[Math.floor(lead / LEADS_PER_MANAGER)] ?? head))
    const members = Math.max(0, count - 1 - leadCount - managerCount)
    const external = department.takesContractors ? Math.round((contractors * department.weight) / hostingWeight) : 0
    // Title by title, so that a team mostly does the same work, as teams do.
    const perTitle = split(members + external, department.titles.map(([, weight]) => weight), 0)
    const titles = department.titles.flatMap(([title], which) => Array.from({ length: perTitle[which] ?? 0 }, () => title))
    const outsiders = new Set(random.shuffled(titles.map((_, member) => member)).slice(0, external))
    titles.forEach((title, member) => {
      const lead = leads[Math.floor((member * leads.length) / titles.length)] ?? head
      add(department, title, 'member', lead, outsiders.has(member) ? 'Contractor' : 'Employee')
    })
  })
  return posts
}

/** People who left during the year: former members of teams, on top of today's headcount. */
function createFormerPosts(random: Random, posts: readonly Post[], count: number): Post[] {
  const members = posts.filter((post) => post.rank === 'member')
  return Array.from({ length: count }, () => ({ ...random.pick(members) }))
}

function createVacations(random: Random, asOf: Day): Absence[] {
  return [0, 1, 2].map((third) => {
    const from = asOf - 365 + third * 120 + random.int(5, 100)
    return { from, to: from + random.int(4, 14) }
  })
}

function hireDay(random: Random, post: Post, asOf: Day, isFormer: boolean): Day {
  if (post.rank !== 'member') return asOf - random.int(1100, 6000)
  if (post.kind === 'Contractor') return asOf - (isFormer ? random.int(420, 1000) : random.int(60, 900))
  if (!isFormer && random.chance(9)) return asOf - random.int(8, 355)
  return asOf - 420 - Math.min(random.int(0, 4600), random.int(0, 4600))
}

/** Everyone HR knows: `people` employees of today, contractors on top, and `former` people who left within the year (at the end). */
export function createWorkers(random: Random, people: number, former: number, asOf: Day): Worker[] {
  const nextName = createNames(random)
  const current = createPosts(random, people)
  const posts = [...current, ...createFormerPosts(random, current, former)]
  const emails = new Map<string, number>()
  const lastNumber = { Employee: 100_200, Contractor: 20_100 }
  return posts.map((post, index) => {
    const name = nextName()
    const local = `${name.asciiFirst}.${name.asciiLast}`.toLowerCase()
    const namesakes = (emails.get(local) ?? 0) + 1
    emails.set(local, namesakes)
    lastNumber[post.kind] += random.int(1, 6)
    const isFormer = index >= current.length
    const hired = hireDay(random, post, asOf, isFormer)
    const location = random.pick(post.department.locations)
    return {
      index,
      workerId: `${post.kind === 'Employee' ? 'N' : 'C'}${lastNumber[post.kind]}`,
      kind: post.kind,
      firstName: name.first,
      lastName: name.last,
      preferredName: random.chance(6) ? name.asciiFirst : '',
      displayName: name.display,
      asciiFirst: name.asciiFirst,
      asciiLast: name.asciiLast,
      email: `${local}${namesakes > 1 ? namesakes : ''}@${DOMAIN}`,
      gender: name.gender,
      birth: hired - random.int(20 * 365, 42 * 365),
      rank: post.rank,
      hired,
      left: null,
      leftHow: null,
      assignments: [{ from: hired, department: post.department.name, title: post.title, location, manager: post.manager }],
      leaves: [],
      vacations: createVacations(random, asOf),
      story: hired > asOf - 365 ? 'joiner' : 'plain',
    }
  })
}
