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
import { EVENT_BUSES } from './event-buses';
import { FUNCTIONS } from './functions';
import type { ResourceHandler } from './handler';
import { KEPT } from './kept-things';
import { KEYS } from './keys';
import { LINKED_ROLES } from './linked-roles';
import { LISTENERS } from './listeners';
import { LOGS } from './logs';
import { MARKERS } from './markers';
import { MESSAGING } from './messaging';
import { NESTED } from './nested-stacks';
import { Refused } from './refusals';
import { REPOSITORIES } from './repositories';
import { RESTORE_TESTS } from './restore-testing';
import { SHARES } from './shares';
import { STATEFUL } from './stateful';

/** Made when it is first asked for: a nested stack needs all of this file. */
let table: Readonly<Record<string, ResourceHandler>> | undefined;

function handlers(): Readonly<Record<string, ResourceHandler>> {
  table ??= {
    ...ACCESS,
    ...AUDITS,
    ...BUCKETS,
    ...CONFORMANCE_PACKS,
    ...EVENT_BUSES,
    ...FUNCTIONS,
    ...KEPT,
    ...KEYS,
    ...LINKED_ROLES,
    ...LISTENERS,
    ...LOGS,
    ...MARKERS,
    ...MESSAGING,
    ...NESTED,
    ...PLANS,
    ...REPOSITORIES,
    ...RESTORE_TESTS,
    ...SHARES,
    ...STATEFUL,
    ...VAULTS,
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
