// The walls of ARCHITECTURE.md. test/house/walls.test.ts plants a violation of each and expects it to be caught.

/** Adapters may import shared, core and their own folder. `may` names what else a room needs and says why. */
const adapters = ['storage', 'connectors', 'secrets', 'narrators', 'reports', 'jobs', 'tickets', 'mail', 'exchange']

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-knows-only-shared',
      comment: 'Whatever runs anywhere must not drag in something that runs somewhere.',
      severity: 'error',
      from: { path: '^src/shared' },
      to: { pathNot: ['^src/shared', 'node_modules/zod/', 'node_modules/@orpc/contract/'] },
    },
    {
      name: 'model-needs-only-zod',
      severity: 'error',
      from: { path: '^src/shared/model' },
      to: { pathNot: ['^src/shared/model', 'node_modules/zod/'] },
    },
    {
      name: 'core-is-pure',
      comment: 'No packages, no Node, no adapters: what the core decides, anyone can recompute.',
      severity: 'error',
      from: { path: '^src/main/core' },
      to: { pathNot: ['^src/main/core', '^src/shared/model'] },
    },
    {
      name: 'use-cases-know-interfaces-and-storage',
      severity: 'error',
      from: { path: '^src/main/use-cases' },
      to: { path: '^src/main/(connectors|secrets|narrators|reports|jobs|tickets|mail|exchange)/', pathNot: ['^src/main/connectors/(live-)?connector\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'use-cases-know-no-host',
      severity: 'error',
      from: { path: '^src/main/use-cases' },
      to: { path: ['^src/main/(hosts|procedures)/', '^src/main/app\\.ts$', '^src/renderer'] },
    },
    {
      name: 'use-cases-need-no-packages',
      severity: 'error',
      from: { path: '^src/main/use-cases' },
      to: { path: 'node_modules/', dependencyTypesNot: ['type-only'] },
    },
    ...adapters.map((room) => ({
      name: `${room}-stays-in-its-room`,
      severity: 'error',
      from: { path: `^src/main/${room}/` },
      to: { path: '^src/', pathNot: [`^src/main/${room}/`, '^src/main/core/', '^src/shared/'] },
    })),
    {
      name: 'sql-only-in-storage',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/storage/' },
      to: { path: 'node_modules/(kysely|better-sqlite3)/' },
    },
    {
      name: 'hosts-go-through-app',
      severity: 'error',
      from: { path: '^src/main/hosts/' },
      to: { path: '^src/main/', pathNot: ['^src/main/hosts/', '^src/main/app\\.ts$'] },
    },
    {
      name: 'a-host-knows-no-other-host',
      comment: 'Files directly under hosts/ are what hosts share; the command line may start the web host.',
      severity: 'error',
      from: { path: '^src/main/hosts/(desktop|web|worker)/' },
      to: { path: '^src/main/hosts/(desktop|web|cli|worker)/', pathNot: '^src/main/hosts/$1/' },
    },
    {
      name: 'electron-only-in-desktop',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/hosts/desktop/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'procedures-translate',
      comment: 'They map the contract to use cases; they hold no rule and no SQL.',
      severity: 'error',
      from: { path: '^src/main/procedures/' },
      to: { path: '^src/main/(hosts|reports|narrators)/' },
    },
    {
      name: 'renderer-knows-only-shared',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: ['^src/main', '^resources/.*\\.ts$'] },
    },
    {
      name: 'a-feature-knows-no-other-feature',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'no-development-packages-in-the-engine',
      severity: 'error',
      from: { path: '^src/main', pathNot: '^src/main/hosts/desktop/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
