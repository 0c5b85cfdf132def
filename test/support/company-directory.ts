import { addMember, putGroup, putUser, scriptedDirectory, type ScriptedDirectory } from './scripted-live-source.ts'

/** Sixty people in twenty nested groups, with sign-ins: the same every time it is asked for. */
export function companyDirectory(): ScriptedDirectory {
  const directory = scriptedDirectory()
  for (let at = 0; at < 60; at++) putUser(directory, `u${at}`)
  for (let at = 0; at < 20; at++) putGroup(directory, `g${at}`)
  for (let at = 1; at < 20; at++) addMember(directory, `g${at >> 1}`, `e:g${at}`)
  for (let at = 0; at < 60; at++) for (let more = 0; more < 3; more++) addMember(directory, `g${(at * 7 + more * 5) % 20}`, `a:u${at}`)
  for (let at = 0; at < 200; at++) {
    const day = String(1 + (at % 28)).padStart(2, '0')
    directory.signIns.push({ account: `u${at % 60}`, application: 'Directory', at: `2026-01-${day}T0${at % 10}:00:00.000Z`, isSuccess: at % 9 !== 0 })
  }
  return directory
}
