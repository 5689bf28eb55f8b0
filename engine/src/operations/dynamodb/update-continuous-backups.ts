/**
 * UpdateContinuousBackups.
 *
 * Source   API of DynamoDB 2012-08-10: point-in-time recovery of DynamoDB's own, 1 to 35 days back. It makes no recovery points of
 *          AWS Backup.
 */
import type {
  UpdateContinuousBackupsCommandInput,
  UpdateContinuousBackupsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { MOST_RECOVERY_DAYS } from '../../domain/tables';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { continuousBackups, findTable, tableParticulars } from '../tables';

export function updateContinuousBackups(
  state: WorldState,
  caller: Caller,
  { TableName, PointInTimeRecoverySpecification: asked }: UpdateContinuousBackupsCommandInput,
): Omit<UpdateContinuousBackupsCommandOutput, '$metadata'> {
  const table = findTable(state, caller, TableName);
  const { recovery } = tableParticulars(state, table);
  const days = asked?.RecoveryPeriodInDays ?? recovery?.days ?? MOST_RECOVERY_DAYS;
  if (!Number.isInteger(days) || days < 1 || days > MOST_RECOVERY_DAYS) {
    throw new AwsFault('ValidationException', `RecoveryPeriodInDays must be 1 to ${MOST_RECOVERY_DAYS}, got ${days}`);
  }
  const next = asked?.PointInTimeRecoveryEnabled === true ? { since: recovery?.since ?? state.now, days } : undefined;
  state.ledger.particulars.tables.change(table.arn, { recovery: next });
  return { ContinuousBackupsDescription: continuousBackups(state, table) };
}
