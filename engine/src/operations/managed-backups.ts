/**
 * Automated backups of RDS that AWS Backup holds as a continuous recovery point: RDS lets nobody end them behind its back.
 *
 * Pure: reads the World.
 * Source   ModifyDBInstance: crossplane-contrib/provider-aws#1356. ModifyDBCluster: terraform-aws-modules/terraform-aws-rds-aurora#411.
 *          DeleteDBCluster: cloudposse/terraform-aws-rds-cluster#283 (their words). The wording of DeleteDBInstance is Assumed.
 * Spec     ../domain/continuous.md
 */
import type { Resource } from '../domain/protected-resources';
import { arnOfPoint } from '../domain/show';
import type { WorldState } from '../domain/world-state';
import { AwsFault } from './fault';
import { lastOf } from './stateful';

const DETAILS = 'For more details, see the AWS Backup documentation.';

/** ARN of the continuous point that holds the automated backups of a database. */
export function managingPoint(state: WorldState, { continuousPoint }: Resource): string | undefined {
  return continuousPoint < 0 ? undefined : arnOfPoint(state.ledger, continuousPoint);
}

/** Days that AWS Backup has the service keep automated backups for. */
export function managedDays({ continuousPoint, continuousKeeper }: Resource): number | undefined {
  return continuousPoint < 0 ? undefined : continuousKeeper?.terms.deleteAfterDays;
}

/** @throws AwsFault for a retention that is not the one that AWS Backup chose */
export function refuseRetention(state: WorldState, found: Resource, days: number | undefined): void {
  const arn = managingPoint(state, found);
  const current = managedDays(found);
  if (arn === undefined || days === undefined || days === current) {
    return;
  }
  const value = current ?? 0;
  const text = isInstance(found)
    ? `Your RDS instance ${lastOf(found.arn)} is associated with an AWS Backup resource with id ${arn}. You can leave BackupRetentionPeriod blank, or you can specify it only with the current value ${value}. ${DETAILS}`
    : `RDS cluster ${lastOf(found.arn)} is associated with the following AwsBackupRecoveryPointArn: ${arn}. The BackupRetentionPeriod can be blank, or you can use the current value,${value}. ${DETAILS}`;
  throw new AwsFault('InvalidParameterValue', text);
}

/** @throws AwsFault for a deletion that would take the automated backups along */
export function refuseBackupsGone(state: WorldState, found: Resource, deleteBackups: boolean | undefined): void {
  const arn = managingPoint(state, found);
  if (arn === undefined || deleteBackups !== true) {
    return;
  }
  const text = isInstance(found)
    ? `Your RDS instance ${lastOf(found.arn)} is associated with an AWS Backup resource with id ${arn}. NoDeleteAutomatedBackups must be specified. ${DETAILS}`
    : `RDS cluster ${lastOf(found.arn)} is associated with the following AwsBackupRecoveryPointArn: ${arn}. NoDeleteAutomatedBackups must be specified. ${DETAILS}`;
  throw new AwsFault('InvalidParameterCombination', text);
}

function isInstance({ service }: Resource): boolean {
  return service.id === 'rds';
}
