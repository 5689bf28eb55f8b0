/**
 * Estates of several artifacts, as one.
 *
 * Pure.
 * Assumed  The same ARN in two artifacts is one resource, declared where it comes first; the second is listed as not read. The
 *          same organization in two, as inventories of two of its accounts tell it, is one, as the first has it.
 */
import type { Estate, StatefulResource } from '@holdfast/model';
import type { NotRead } from './artifact';

/** What estates declare together, and what two of them declare both. */
export function joinEstates(estates: readonly Estate[]): { readonly estate: Estate; readonly twice: NotRead[] } {
  const resources = new Map<string, StatefulResource>();
  const twice: NotRead[] = [];
  for (const resource of estates.flatMap((estate) => estate.resources ?? [])) {
    const first = resources.get(resource.arn);
    if (first === undefined) {
      resources.set(resource.arn, resource);
    } else {
      const path = resource.declaredAt ?? resource.arn;
      const reason = `is ${resource.arn}, declared at ${first.declaredAt ?? resource.arn} already`;
      twice.push({ path, type: resource.resourceType, reason });
    }
  }
  const estate = {
    vaults: together(estates.map(({ vaults }) => vaults)),
    logicallyAirGappedVaults: together(estates.map(({ logicallyAirGappedVaults }) => logicallyAirGappedVaults)),
    plans: together(estates.map(({ plans }) => plans)),
    resources: resources.size === 0 ? undefined : [...resources.values()],
    regionSettings: together(estates.map(({ regionSettings }) => regionSettings)),
    keys: together(estates.map(({ keys }) => keys)),
    roles: together(estates.map(({ roles }) => roles)),
    policies: together(estates.map(({ policies }) => policies)),
    groups: together(estates.map(({ groups }) => groups)),
    users: together(estates.map(({ users }) => users)),
    organizations: once(
      estates.map(({ organizations }) => organizations),
      ({ env, organizationId }) => `${env.account} ${organizationId}`,
    ),
    organizationSettings: once(
      estates.map(({ organizationSettings }) => organizationSettings),
      ({ env, settings }) => `${env.account} ${JSON.stringify(settings)}`,
    ),
    restoreTestingPlans: together(estates.map(({ restoreTestingPlans }) => restoreTestingPlans)),
    legalHolds: together(estates.map(({ legalHolds }) => legalHolds)),
    tieringConfigurations: together(estates.map(({ tieringConfigurations }) => tieringConfigurations)),
    restoreAccessVaults: together(estates.map(({ restoreAccessVaults }) => restoreAccessVaults)),
    resourceShares: together(estates.map(({ resourceShares }) => resourceShares)),
    frameworks: together(estates.map(({ frameworks }) => frameworks)),
    reportPlans: together(estates.map(({ reportPlans }) => reportPlans)),
    eventRules: together(estates.map(({ eventRules }) => eventRules)),
    topics: together(estates.map(({ topics }) => topics)),
    queues: together(estates.map(({ queues }) => queues)),
    functions: together(estates.map(({ functions }) => functions)),
    stateMachines: together(estates.map(({ stateMachines }) => stateMachines)),
    metricAlarms: together(estates.map(({ metricAlarms }) => metricAlarms)),
    compositeAlarms: together(estates.map(({ compositeAlarms }) => compositeAlarms)),
    resourcesAreComplete: estates.some((one) => one.resourcesAreComplete === true) || undefined,
  };
  return { estate: Object.fromEntries(Object.entries(estate).filter(([, value]) => value !== undefined)), twice };
}

function together<T>(lists: readonly (readonly T[] | undefined)[]): T[] | undefined {
  const all = lists.flatMap((list) => list ?? []);
  return all.length === 0 ? undefined : all;
}

/** The first of those that have one key. */
function once<T>(lists: readonly (readonly T[] | undefined)[], key: (item: T) => string): T[] | undefined {
  const keys = new Set<string>();
  return together(lists)?.filter((item) => keys.size < keys.add(key(item)).size);
}
