// A backup policy of an organization with one plan, and what of it is rendered.
import {
  OrganizationBackupPolicy,
  OrganizationBackupPolicyProps,
  OrganizationPlanProps,
  OrganizationVault,
  PlanProps,
} from '@holdfast/cdk';
import { Schedule } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Duration, Stack } from 'aws-cdk-lib/core';

export const TYPE = 'AWS::Organizations::Policy';
export const PROVIDED = { backupVaultNames: ['main'], roleNames: ['HoldfastBackup'] };

function mainOf(stack: Stack): backup.IBackupVault {
  const made = stack.node.tryFindChild('Main') as backup.IBackupVault | undefined;
  return made ?? OrganizationVault.ofMemberAccount(stack, 'Main', 'main');
}

/** What one account and the organization have in common. */
export function ledger(stack: Stack, rule: Partial<PlanProps['rules'][number]> = {}): PlanProps {
  return {
    backupPlanName: 'ledger',
    rules: [
      {
        ruleName: 'Daily',
        vault: mainOf(stack),
        schedule: Schedule.daily({ hour: 3, timeZone: 'Europe/Berlin' }),
        deleteAfter: Duration.days(35),
        ...rule,
      },
    ],
  };
}

export const TAGGED = { selectionName: 'tagged', tagKey: 'backup', tagValues: ['daily'] };

export function policy(
  stack: Stack,
  plan: Partial<OrganizationPlanProps> = {},
  props: Partial<OrganizationBackupPolicyProps> = {},
): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, 'Policy', {
    policyName: 'base',
    provided: PROVIDED,
    plans: [{ ...ledger(stack), regions: ['eu-central-1'], tagSelections: [TAGGED], ...plan }],
    ...props,
  });
}

interface Rendered {
  readonly Content: { plans: Record<string, Record<string, unknown>> };
}

export function rendered(stack: Stack): Rendered {
  const [resource] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return resource?.Properties as Rendered;
}
