import type { EntraConfig, LiveConfig } from '../../../shared/model/live-source.ts'
import { LiveSourceError, type LiveConnector, type LiveInput } from '../live-connector.ts'
import { accountActivity } from './activity.ts'
import { appRoleAssignments } from './app-role-assignments.ts'
import { testConnection } from './connection-test.ts'
import { consents } from './consents.ts'
import { giveBackInEntra } from './give-back.ts'
import { graphOf, type Graph } from './graph.ts'
import { groups } from './groups.ts'
import { directoryAudits, signIns } from './logs.ts'
import { pacer, type Pacer } from './pacing.ts'
import { people } from './people.ts'
import { conditionalAccessPolicies, namedLocations } from './policies.ts'
import type { EntraCollection } from './reading.ts'
import { revokeAccess } from './revoke.ts'
import { directoryRoles, roleAssignments, roleEligibilities } from './roles.ts'
import { servicePrincipals } from './service-principals.ts'
import { signIn, type SignedIn } from './sign-in.ts'
import { realSurroundings, type Surroundings } from './surroundings.ts'
import { users } from './users.ts'

/** In reading order: who holds comes after who and what there is; the log that dates access comes after the access. */
function collectionsOf(config: EntraConfig): readonly EntraCollection[] {
  return [
    users(config),
    ...(config.isHr ? [people()] : []),
    servicePrincipals(), groups(), directoryRoles(), appRoleAssignments(), roleAssignments(), roleEligibilities(), consents(), directoryAudits(),
    ...(config.readsUsage ? [accountActivity(), signIns()] : []),
    conditionalAccessPolicies(), namedLocations(),
  ]
}

/** The connector in other surroundings than the real ones: another fetch, other hosts, another clock. */
export function entraWith(changed: Partial<Surroundings>): LiveConnector {
  const world: Surroundings = { ...realSurroundings, ...changed }
  const pacers = new Map<string, Pacer>()

  function paceOf(config: EntraConfig): Pacer {
    const key = `${config.cloud} ${config.tenant} ${config.clientId}`
    const pace = pacers.get(key) ?? pacer(world)
    pacers.set(key, pace)
    return pace
  }

  async function open(config: EntraConfig, input: LiveInput): Promise<{ who: SignedIn; graph: Graph }> {
    const who = await signIn(config, input, world)
    return { who, graph: graphOf(config, input, who, paceOf(config), world) }
  }

  return {
    kind: 'entra',
    collections: (config) => collectionsOf(entraOnly(config)).map(({ about }) => about),
    test: (input) => {
      const config = entraOnly(input.config)
      return testConnection(config, input, () => open(config, input))
    },
    read: async function* (input) {
      const config = entraOnly(input.config)
      const collection = collectionsOf(config).find(({ about }) => about.name === input.collection)
      if (collection === undefined) throw new LiveSourceError('not-this-source', `Microsoft Entra has no collection named ${input.collection}.`)
      input.signal.throwIfAborted()
      const { graph } = await open(config, input)
      return yield* collection.read({
        graph, config, signal: input.signal, cursor: input.cursor, mirror: input.mirror, now: input.now,
      })
    },
    giveBack: async (input) => {
      const config = entraOnly(input.config)
      return giveBackInEntra(input, async () => (await open(config, input)).graph)
    },
    revoke: async (input) => {
      const config = entraOnly(input.config)
      return revokeAccess(input, async () => (await open(config, input)).graph)
    },
  }
}

function entraOnly(config: LiveConfig): EntraConfig {
  if (config.from !== 'entra') throw new LiveSourceError('not-this-source', 'These are not the settings of a Microsoft Entra tenant.')
  return config
}

export const entra: LiveConnector = entraWith({})
