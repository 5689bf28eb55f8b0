/**
 * Which type of CloudFormation is brought about by what.
 *
 * Pure: a table.
 */
import { own } from '../kernel/own';
import { ACCESS } from './access';
import { AUDITS } from './audits';
import { PLANS } from './backup-plans';
import { VAULTS } from './backup-vaults';
import { BUCKETS } from './buckets';
import { CONFORMANCE_PACKS } from './conformance-packs';
import { CUSTOM_RESOURCE, isCustom } from './custom-resources';
import { DATABASES } from './databases';
import { EVENT_BUSES } from './event-buses';
import { FUNCTIONS } from './functions';
import type { ResourceHandler } from './handler';
import { PROFILES } from './instances';
import { KEPT } from './kept-things';
import { KEYS } from './keys';
import { LINKED_ROLES } from './linked-roles';
import { LISTENERS } from './listeners';
import { LOGS } from './logs';
import { MARKERS } from './markers';
import { MESSAGING } from './messaging';
import { MOUNT_TARGETS } from './mount-targets';
import { NESTED } from './nested-stacks';
import { NETWORKS } from './networks';
import { PEOPLE } from './people';
import { Refused } from './refusals';
import { REPOSITORIES } from './repositories';
import { RESTORE_TESTS } from './restore-testing';
import { SECRETS } from './secrets';
import { SECURITY_GROUPS } from './security-groups';
import { SHARES } from './shares';
import { STATEFUL } from './stateful';
import { WAIT_CONDITIONS } from './wait-conditions';

/** Made when it is first asked for: a nested stack needs all of this file. */
let table: Readonly<Record<string, ResourceHandler>> | undefined;

function handlers(): Readonly<Record<string, ResourceHandler>> {
  table ??= {
    ...ACCESS,
    ...AUDITS,
    ...BUCKETS,
    ...CONFORMANCE_PACKS,
    ...DATABASES,
    ...EVENT_BUSES,
    ...FUNCTIONS,
    ...KEPT,
    ...KEYS,
    ...LINKED_ROLES,
    ...LISTENERS,
    ...LOGS,
    ...MARKERS,
    ...MESSAGING,
    ...MOUNT_TARGETS,
    ...NESTED,
    ...NETWORKS,
    ...PEOPLE,
    ...PLANS,
    ...PROFILES,
    ...REPOSITORIES,
    ...RESTORE_TESTS,
    ...SECRETS,
    ...SECURITY_GROUPS,
    ...SHARES,
    ...STATEFUL,
    ...VAULTS,
    ...WAIT_CONDITIONS,
  };
  return table;
}

/** @throws Refused when nothing brings the type about */
export function handlerOf(type: string): ResourceHandler {
  const found = own(handlers(), type) ?? (isCustom(type) ? CUSTOM_RESOURCE : undefined);
  if (found === undefined) {
    throw new Refused(`NotEmulated: ${type} is not emulated`);
  }
  return found;
}

/** Types that stacks bring about, sorted. */
export function emulatedTypes(): string[] {
  return Object.keys(handlers()).sort();
}
