/**
 * Locks of templates without MinRetentionDays: the API may go without it, CloudFormation may not.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): LockConfigurationType requires MinRetentionDays.
 * Assumed  The text of CloudFormation's answer.
 */
import { BackupVault, Finding, RuleCatalog } from '@holdfast/model';
import { AwsFault } from '../operations/fault';
import type { ReadResult } from './artifact';
import { DeployRefusal } from './deploy-call';

const PAGE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/' +
  'aws-properties-backup-backupvault-lockconfigurationtype.html';
const MEMBER = '.vaultLock.minRetentionDays';

/** Where such locks are declared. */
export function placesOfLocksWithoutMinimum(vaults: readonly BackupVault[]): string[] {
  return vaults
    .filter(({ vaultLock }) => vaultLock !== undefined && vaultLock.minRetentionDays === undefined)
    .map(({ declaredAt = '' }) => declaredAt);
}

/** The findings, where what is a note in other forms is the error that CloudFormation makes of it. */
export function withLockMinimum(findings: readonly Finding[], places: readonly string[] = []): Finding[] {
  const paths = new Set(places.map((place) => `${place}${MEMBER}`));
  const { rule, effect, severity, allowed } = RuleCatalog.find('vault-lock-min-retention');
  return findings.map((finding) => {
    if (finding.rule !== 'vault-lock-no-minimum' || !paths.has(finding.path)) {
      return finding;
    }
    return { ...finding, rule, effect, severity, message: `must be ${allowed}, got none`, source: PAGE };
  });
}

/** @throws DeployRefusal when CloudFormation would refuse what was read before it calls AWS Backup */
export function refuseLocksWithoutMinimum({ locksWithoutMinimum = [] }: Pick<ReadResult, 'locksWithoutMinimum'>): void {
  const [place] = locksWithoutMinimum;
  if (place !== undefined) {
    const text = 'Properties validation failed: #/LockConfiguration: required key [MinRetentionDays] not found';
    throw new DeployRefusal(place, 'CreateStack', new AwsFault('ValidationException', text));
  }
}
