/**
 * Policies that AWS has for approval teams.
 *
 * Pure: tables.
 * Source   AWS Backup developer guide, "Administrator tasks" of multi-party approval: name and document; API of mpa:
 *          PolicyVersion. Assumed: there is this one, in one version; since when.
 */
import type { ApprovalTeam } from '../domain/approval-team';
import { dateOf } from '../kernel/instant';
import type * as api from './generated/mpa';
import { needed } from './validation';
import { notFound } from './approval-teams';

const NAME = 'CreateRestoreAccessVault';
const SINCE = dateOf(Date.UTC(2025, 5, 17));

const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'VaultOwnerPermissions',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Resource: '*',
      Action: ['mpa:StartSession', 'mpa:CancelSession'],
      Condition: {
        StringEquals: {
          'mpa:RequestedOperation': 'backup:RevokeRestoreAccessBackupVault',
          'mpa:ProtectedResourceAccount': '${aws:PrincipalAccount}',
        },
        Bool: { 'aws:ViaAWSService': 'true' },
      },
    },
  ],
});

/** Every policy, as a partition names it. */
export function policiesOf(partition: string): api.Policy[] {
  return [{ Arn: arnOf(partition), DefaultVersion: 1, PolicyType: 'AWS_MANAGED', Name: NAME }];
}

export function versionsOf(partition: string, policyArn: string | undefined): api.PolicyVersionSummary[] {
  const arn = needed(policyArn, 'PolicyArn');
  if (arn !== arnOf(partition)) {
    throw notFound(arn);
  }
  const { Document: _, ...summary } = versionOf(partition, `${arn}/1`);
  return [summary];
}

/** The version that an ARN means, by its number or as `$DEFAULT`. */
export function versionOf(partition: string, qualifiedArn: string | undefined): api.PolicyVersion {
  const arn = needed(qualifiedArn, 'PolicyVersionArn');
  const policy = arnOf(partition);
  if (!isPolicy(partition, arn)) {
    throw notFound(arn);
  }
  return {
    Arn: `${policy}/1`,
    PolicyArn: policy,
    VersionId: 1,
    PolicyType: 'AWS_MANAGED',
    IsDefault: true,
    Name: NAME,
    Status: 'ATTACHABLE',
    CreationTime: SINCE,
    LastUpdatedTime: SINCE,
    Document: DOCUMENT,
  };
}

/** Whether a team can have it. */
export function isPolicy(partition: string, qualifiedArn: string): boolean {
  return [`${arnOf(partition)}/1`, `${arnOf(partition)}/$DEFAULT`].includes(qualifiedArn);
}

function arnOf(partition: string): string {
  return `arn:${partition}:mpa:::aws:policy/backup.amazonaws.com/${NAME}`;
}

/** The policies of a team, in the versions that it was given. */
export function teamPolicies({ made }: ApprovalTeam): api.PolicyVersion[] {
  return made.policies.map((arn) => versionOf(made.env.partition, arn));
}
