/**
 * Which type of CloudFormation is brought about by what.
 *
 * Pure: a table.
 */
import { own } from '../ingest/cloudformation/template';
import { ACCESS } from './access';
import { AUDITS } from './audits';
import { PLANS } from './backup-plans';
import { VAULTS } from './backup-vaults';
import type { ResourceHandler } from './handler';
import { KEYS } from './keys';
import { MARKERS } from './markers';
import { Refused } from './refusals';
import { RESTORE_TESTS } from './restore-testing';

const HANDLERS: Readonly<Record<string, ResourceHandler>> = {
  ...ACCESS,
  ...AUDITS,
  ...KEYS,
  ...MARKERS,
  ...PLANS,
  ...RESTORE_TESTS,
  ...VAULTS,
};

/** @throws Refused when nothing brings the type about */
export function handlerOf(type: string): ResourceHandler {
  const found = own(HANDLERS, type);
  if (found === undefined) {
    throw new Refused(`NotEmulated: ${type} is not emulated`);
  }
  return found;
}

/** Types that stacks bring about, sorted. */
export function emulatedTypes(): string[] {
  return Object.keys(HANDLERS).sort();
}
