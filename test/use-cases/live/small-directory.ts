import { addMember, putGroup, putUser, scriptedDirectory, type ScriptedDirectory } from '../../support/scripted-live-source.ts'

/** Six people, five groups nested three deep with a cycle. */
export function smallDirectory(): ScriptedDirectory {
  const directory = scriptedDirectory()
  for (const id of ['ann', 'bob', 'cat', 'dan', 'eve', 'fay']) putUser(directory, id)
  for (const id of ['all', 'finance', 'payables', 'payers', 'vault']) putGroup(directory, id)
  addMember(directory, 'payers', 'a:ann', '2025-03-01')
  addMember(directory, 'payers', 'a:bob')
  addMember(directory, 'payables', 'e:payers')
  addMember(directory, 'finance', 'e:payables')
  addMember(directory, 'all', 'e:finance')
  addMember(directory, 'payers', 'e:all')
  addMember(directory, 'finance', 'a:cat')
  addMember(directory, 'vault', 'a:dan')
  addMember(directory, 'vault', 'e:payers')
  return directory
}
