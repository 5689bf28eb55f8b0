/**
 * The members of an estate, by which one is told from a template.
 *
 * Pure: names alone.
 */
export const ESTATE_KEYS: readonly string[] = [
  'vaults',
  'logicallyAirGappedVaults',
  'plans',
  'resources',
  'regionSettings',
  'keys',
  'roles',
  'policies',
  'organizations',
  'organizationSettings',
  'restoreTestingPlans',
  'legalHolds',
  'tieringConfigurations',
  'restoreAccessVaults',
  'resourceShares',
  'frameworks',
  'reportPlans',
  'eventRules',
  'topics',
  'queues',
  'functions',
  'stateMachines',
  'metricAlarms',
  'compositeAlarms',
  'resourcesAreComplete',
];
