// A backup policy of an organization with one plan, and what of it is rendered.
import {
  OrganizationBackupPolicy,
  OrganizationBackupPolicyProps,
  OrganizationPlanProps,
  OrganizationVault,
  PlanProps,
} from '@holdfast/cdktf';
import { Schedule } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { all } from './stacks';

export const POLICY = 'aws_organizations_policy';
export const PROVIDED = { backupVaultNames: ['main'], roleNames: ['HoldfastBackup'] };
export const TAGGED = { selectionName: 'tagged', tagKey: 'backup', tagValues: ['daily'] };

/** What one account and the organization have in common. */
export function ledger(rule: Partial<PlanProps['rules'][number]> = {}): PlanProps {
  return {
    backupPlanName: 'ledger',
    rules: [
      {
        ruleName: 'Daily',
        vault: OrganizationVault.ofMemberAccount('main'),
        schedule: Schedule.daily({ hour: 3, timeZone: 'Europe/Berlin' }),
        deleteAfterDays: 35,
        ...rule,
      },
    ],
  };
}

export function policy(
  stack: TerraformStack,
  plan: Partial<OrganizationPlanProps> = {},
  props: Partial<OrganizationBackupPolicyProps> = {},
): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, 'Policy', {
    policyName: 'base',
    provided: PROVIDED,
    plans: [{ ...ledger(), regions: ['eu-central-1'], tagSelections: [TAGGED], ...plan }],
    ...props,
  });
}

/** The content of the only policy of a stack. */
export function contentOf(stack: TerraformStack): { plans: Record<string, Record<string, unknown>> } {
  const [found] = all(stack, POLICY);
  return JSON.parse(String(found?.content)) as { plans: Record<string, Record<string, unknown>> };
}
