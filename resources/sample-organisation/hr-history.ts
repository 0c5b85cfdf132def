import { isoDay, type Day } from './calendar.ts'
import { departments, departmentNamed, locationNamed } from './company.ts'
import type { Assignment, Story, Worker } from './model.ts'
import type { Random } from './random.ts'

/** How many people of each story a company of this size has. The first four are planted truths, the others everyday life around them. */
export function storyCounts(people: number) {
  const share = (perMille: number, least: number): number => Math.max(least, Math.round((people * perMille) / 1000))
  return {
    leftKeepingAccess: share(20, 3),
    movedKeepingAccess: share(20, 2),
    toxicPairs: share(25, 4),
    dormantAdmins: share(15, 2),
    leftCleanly: share(50, 2),
    movedCleanly: share(25, 1),
    promoted: share(30, 1),
    onLeave: share(15, 1),
    backFromLeave: share(20, 1),
  }
}

type History = { random: Random; workers: Worker[]; asOf: Day; hrDays: readonly Day[] }

function leave(history: History, worker: Worker, story: Story): void {
  const { random, asOf } = history
  worker.story = story
  worker.left = asOf - random.int(6, 330)
  worker.leftHow = random.chance(60) ? 'inactive' : 'disappeared'
}

/** Leads, managers and the head by department. */
type Bosses = ReadonlyMap<string, readonly Worker[]>

function previousJob(random: Random, worker: Worker, now: Assignment, bosses: Bosses): Assignment {
  const department = random.pick(departments.filter((other) => other.name !== now.department))
  return {
    from: worker.hired,
    department: department.name,
    title: random.pickWeighted(department.titles),
    location: random.chance(70) && department.locations.includes(now.location) ? now.location : random.pick(department.locations),
    manager: random.pick(bosses.get(department.name) ?? []).index,
  }
}

/** Today's job stays as it is; the years before it were spent in another department. */
function move(history: History, worker: Worker, bosses: Bosses, story: Story): void {
  const now = worker.assignments[0]
  if (!now) return
  const movedOn = history.asOf - history.random.int(45, 320)
  worker.story = story
  worker.assignments = [previousJob(history.random, worker, now, bosses), { ...now, from: movedOn }]
}

function promote(history: History, worker: Worker): void {
  const { random, asOf } = history
  const now = worker.assignments[0]
  if (!now) return
  const others = departmentNamed(now.department).titles.filter(([title]) => title !== now.title)
  if (others.length === 0) return
  worker.story = 'promoted'
  worker.assignments = [{ ...now, title: random.pickWeighted(others) }, { ...now, from: asOf - random.int(30, 340) }]
}

/** Away on the day of one of the HR exports between the first and the last, so that the leave and the return both show. */
function returnFromLeave(history: History, worker: Worker): void {
  const { random, hrDays } = history
  const seen = random.pick(hrDays.slice(1, -1))
  worker.story = 'back-from-leave'
  worker.leaves = [{ from: seen - random.int(8, 40), to: seen + random.int(10, 60) }]
}

/**
 * Gives the year its events: who left (the people appended for it), moved, was promoted, went on leave. Changes the workers in place.
 * Leads stay where they are, except for a few who left, whose teams HR then shows under the next boss up.
 */
export function writeHistory(history: History, people: number, former: readonly Worker[]): void {
  const { random, workers, asOf } = history
  const counts = storyCounts(people)
  former.forEach((worker, at) => { leave(history, worker, at < counts.leftKeepingAccess ? 'left-keeping-access' : 'left-cleanly') })
  // One of each way of leaving in every organisation, however small.
  const [first, second] = former
  if (first && second) [first.leftHow, second.leftHow] = ['inactive', 'disappeared']
  const leads = workers.filter((worker) => worker.rank === 'lead')
  for (const lead of random.shuffled(leads).slice(0, Math.floor(leads.length / 25))) leave(history, lead, 'left-cleanly')
  const settled = random.shuffled(
    workers.filter((worker) => worker.story === 'plain' && worker.rank === 'member' && worker.hired < asOf - 500),
  )
  const employees = settled.filter((worker) => worker.kind === 'Employee')
  const bosses = Map.groupBy(workers.filter((worker) => worker.rank !== 'member'), (boss) => assignmentAt(boss, asOf).department)
  const movers = employees.splice(0, counts.movedKeepingAccess + counts.movedCleanly)
  movers.forEach((worker, at) => {
    move(history, worker, bosses, at < counts.movedKeepingAccess ? 'moved-keeping-access' : 'moved-cleanly')
  })
  const free = settled.filter((worker) => worker.story === 'plain')
  const take = (count: number): Worker[] => free.splice(0, count)
  for (const worker of take(counts.promoted)) promote(history, worker)
  for (const worker of take(counts.onLeave)) {
    worker.story = 'on-leave'
    worker.leaves = [{ from: asOf - random.int(20, 150), to: null }]
  }
  for (const worker of take(counts.backFromLeave)) returnFromLeave(history, worker)
  // A boss nobody recorded: the review has to find somebody else.
  const contractors = workers.filter((worker) => worker.kind === 'Contractor' && worker.story === 'plain')
  for (const worker of random.shuffled(contractors).slice(0, 1 + Math.floor(contractors.length / 40))) {
    for (const assignment of worker.assignments) assignment.manager = null
  }
}

export function assignmentAt(worker: Worker, day: Day): Assignment {
  const current = worker.assignments.findLast((assignment) => assignment.from <= day) ?? worker.assignments[0]
  if (!current) throw new RangeError(`Worker ${worker.workerId} has no assignment`)
  return current
}

export function hasLeft(worker: Worker, day: Day): boolean {
  return worker.left !== null && day > worker.left
}

/** The recorded manager, or the next one up who is employed on that day; null only where none was recorded. */
function managerAt(workers: readonly Worker[], worker: Worker, day: Day): Worker | null {
  let at = assignmentAt(worker, day).manager
  while (at !== null) {
    const boss = workers[at]
    if (!boss) return null
    if (boss.hired <= day && !hasLeft(boss, day)) return boss
    at = assignmentAt(boss, day).manager
  }
  return null
}

export const hrHeader = [
  'Worker ID', 'Status', 'Worker Type', 'First Name', 'Last Name', 'Preferred Name', 'Email', 'Job Title', 'Department', 'Division',
  'Cost Center', 'Location', 'Manager ID', 'Hire Date', 'Termination Date', 'Gender', 'Birth Date',
] as const

/** The HR export of a day, in worker-id order as such exports come. Gender and birth date are there to be dropped at the door. */
export function hrStateAt(workers: readonly Worker[], day: Day): string[][] {
  const present = workers.filter((worker) => worker.hired <= day && !(worker.leftHow === 'disappeared' && hasLeft(worker, day)))
  return present
    .toSorted((a, b) => (a.workerId < b.workerId ? -1 : 1))
    .map((worker) => {
      const job = assignmentAt(worker, day)
      const department = departmentNamed(job.department)
      const isAway = worker.leaves.some((absence) => absence.from <= day && (absence.to === null || day < absence.to))
      const isGone = hasLeft(worker, day)
      return [
        worker.workerId, isGone ? 'Inactive' : isAway ? 'On Leave' : 'Active', worker.kind, worker.firstName, worker.lastName,
        worker.preferredName, worker.email, job.title, job.department, department.division,
        `${locationNamed(job.location).code}-${department.costCenter}`, job.location, managerAt(workers, worker, day)?.workerId ?? '',
        isoDay(worker.hired), isGone && worker.left !== null ? isoDay(worker.left) : '', worker.gender, isoDay(worker.birth),
      ]
    })
}
