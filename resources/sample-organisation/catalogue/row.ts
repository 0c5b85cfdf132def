import type { Audience, Privilege, Risk } from '../model.ts'

/**
 * One right as an application owner would write it down: its id, its name (blank = the id is all there is), what it lets you do
 * (blank = nobody wrote it down), privilege, risk, and whom it is meant for in percent (keys in `audience.ts`; {} = nobody by role).
 */
export type CatalogueRow = readonly [id: string, name: string, description: string, privilege: Privilege, risk: Risk, audience: Audience]

export type ApplicationRights = { application: string; rights: readonly CatalogueRow[] }
