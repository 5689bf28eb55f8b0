// Lists read whole and page by page.
import type { Environment } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { read } from './call';

export interface Listing {
  readonly operation: string;
  readonly where: string;
  readonly most: number;
  readonly whole: readonly string[];
  readonly pages: readonly (readonly string[])[];
}

/** Operation and the member that has the list. */
const LISTS: readonly (readonly [string, string])[] = [
  ['ListBackupVaults', 'BackupVaultList'],
  ['ListBackupPlans', 'BackupPlansList'],
  ['ListBackupJobs', 'BackupJobs'],
  ['ListCopyJobs', 'CopyJobs'],
  ['ListRestoreJobs', 'RestoreJobs'],
  ['ListLegalHolds', 'LegalHolds'],
  ['ListProtectedResources', 'Results'],
];
const MOST_AT_ONCE = 1000;

export function listingsOf(
  state: WorldState,
  env: Environment,
  vaults: readonly string[],
  resources: readonly string[],
  most: number,
): Listing[] {
  return [
    ...LISTS.map(([operation, member]) => listing(state, env, operation, member, most)),
    ...resources.map((ResourceArn) =>
      listing(state, env, 'ListRecoveryPointsByResource', 'RecoveryPoints', most, { ResourceArn }),
    ),
    ...vaults.map((BackupVaultName) =>
      listing(state, env, 'ListRecoveryPointsByBackupVault', 'RecoveryPoints', most, { BackupVaultName }),
    ),
  ];
}

function listing(
  state: WorldState,
  env: Environment,
  operation: string,
  member: string,
  most: number,
  more: object = {},
): Listing {
  const whole = pagesOf(state, env, operation, member, MOST_AT_ONCE, more).flat();
  // A page size that keeps a list of many to a few pages.
  const size = Math.max(most, Math.ceil(whole.length / 8));
  const pages = pagesOf(state, env, operation, member, size, more);
  return { operation, where: JSON.stringify([env.account, env.region, more]), most: size, whole, pages };
}

function pagesOf(
  state: WorldState,
  env: Environment,
  operation: string,
  member: string,
  MaxResults: number,
  more: object,
): string[][] {
  const pages: string[][] = [];
  let NextToken: string | undefined;
  do {
    const asked = { ...more, MaxResults, ...(NextToken === undefined ? {} : { NextToken }) };
    const page = read<Record<string, unknown>>(state, env, 'backup', operation, asked);
    pages.push(((page[member] ?? []) as unknown[]).map((one) => JSON.stringify(one)));
    NextToken = page['NextToken'] as string | undefined;
  } while (NextToken !== undefined && pages.length < 100);
  return pages;
}
