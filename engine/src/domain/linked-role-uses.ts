/**
 * What needs the roles that AWS Backup alone assumes: while there is any of it, IAM does not delete them.
 *
 * Pure: reads a World.
 * Source   B12: the role of AWS Backup goes after all points and vaults. AWS Backup developer guide, "Using roles for restore
 *          testing" and "Using roles for AWS Backup Audit Manager": a role goes after the resources that are related to it.
 * Assumed  Related are frameworks and report plans, and restore testing plans.
 */
import type { WorldState } from './world-state';
import type { Account } from './roles';

/** Service principals of the roles, with what each is for. */
export const LINKED_SERVICES = {
  'backup.amazonaws.com': 'expires and copies points',
  'reports.backup.amazonaws.com': 'writes reports and evaluates controls',
  'restore-testing.backup.amazonaws.com': 'tests restores and cleans up after them',
} as const;

export type LinkedService = keyof typeof LINKED_SERVICES;

export function isLinkedService(service: string): service is LinkedService {
  return Object.hasOwn(LINKED_SERVICES, service);
}

/** ARNs of what needs the role of a service in an account. */
export function linkedRoleUses(state: WorldState, service: LinkedService, { partition, account }: Account): string[] {
  return neededBy(state, service)
    .filter(({ env }) => env.account === account && env.partition === partition)
    .map(({ arn }) => arn);
}

interface Use {
  readonly arn: string;
  readonly env: Account;
}

function neededBy({ ledger, frameworks, reportPlans, restoreTests }: WorldState, service: LinkedService): Use[] {
  switch (service) {
    case 'backup.amazonaws.com':
      return ledger.vaults.standing().map(({ arn, made: { env } }) => ({ arn, env }));
    case 'reports.backup.amazonaws.com':
      return [
        ...frameworks.everywhere().map(({ arn, made: { env } }) => ({ arn, env })),
        ...reportPlans.everywhere().map(({ arn, declaration: { env } }) => ({ arn, env })),
      ];
    case 'restore-testing.backup.amazonaws.com':
      return restoreTests.plans.everywhere().map(({ arn, declaration: { env } }) => ({ arn, env }));
  }
}
