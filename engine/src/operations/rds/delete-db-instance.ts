/**
 * DeleteDBInstance.
 *
 * Source   API of RDS 2014-10-31: a last snapshot, or the word that there is to be none; protection. Recovery points stay (B5.2/8);
 *          automated backups that AWS Backup holds, too (managed-backups.ts).
 */
import type { DeleteDBInstanceCommandInput, DeleteDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { takeSnapshot } from '../database-snapshots';
import { databaseParticulars, databaseShape, findDatabase, memberShape } from '../databases';
import { AwsFault } from '../fault';
import { refuseBackupsGone } from '../managed-backups';
import { environmentOf, tagsOf } from '../stateful';

export function deleteDBInstance(
  state: WorldState,
  caller: Caller,
  input: DeleteDBInstanceCommandInput,
): Omit<DeleteDBInstanceCommandOutput, '$metadata'> {
  const { DBInstanceIdentifier: named, SkipFinalSnapshot: skip = false, FinalDBSnapshotIdentifier: last } = input;
  const { members } = state.services.databases;
  const member = members.tryFind(environmentOf(caller), named?.toLowerCase() ?? '');
  if (member !== undefined) {
    members.remove(environmentOf(caller), member.name);
    return { DBInstance: { ...memberShape(state, member), DBInstanceStatus: 'deleting' } };
  }
  const found = findDatabase(state, caller, named);
  if (databaseParticulars(state, found).settings['DeletionProtection'] === true) {
    const text = 'Cannot delete protected DB Instance, please disable deletion protection and try again.';
    throw new AwsFault('InvalidParameterCombination', text);
  }
  refuseBackupsGone(state, found, input.DeleteAutomatedBackups);
  if (skip === (last !== undefined)) {
    const text = skip
      ? 'FinalDBSnapshotIdentifier cannot be specified when deleting a database instance without a final snapshot.'
      : 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.';
    throw new AwsFault('InvalidParameterCombination', text);
  }
  if (last !== undefined) {
    takeSnapshot(state, caller, { kind: 'snapshot', name: last.toLowerCase(), source: found, tags: tagsOf(found) });
  }
  const shape = databaseShape(state, found);
  state.removeResource(found);
  return { DBInstance: { ...shape, DBInstanceStatus: 'deleting' } };
}
