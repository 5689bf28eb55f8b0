/**
 * What tells an estate from a template.
 *
 * Pure: names of members of model's Estate.
 */
export const ESTATE_KEYS = [
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
  'eventRules',
  'topics',
  'queues',
  'functions',
  'stateMachines',
  'metricAlarms',
  'compositeAlarms',
  'resourcesAreComplete',
];
