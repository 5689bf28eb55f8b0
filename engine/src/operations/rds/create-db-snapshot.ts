/**
 * CreateDBSnapshot.
 *
 * Source   API of RDS 2014-10-31. It is no recovery point of AWS Backup.
 */
import type { CreateDBSnapshotCommandInput, CreateDBSnapshotCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { snapshotShape, takeSnapshot } from '../database-snapshots';
import { findDatabase, identifierOf } from '../databases';
import { tagMap } from '../stateful';

export function createDBSnapshot(
  state: WorldState,
  caller: Caller,
  { DBInstanceIdentifier, DBSnapshotIdentifier, Tags }: CreateDBSnapshotCommandInput,
): Omit<CreateDBSnapshotCommandOutput, '$metadata'> {
  const source = findDatabase(state, caller, DBInstanceIdentifier);
  const name = identifierOf(DBSnapshotIdentifier, 'DBSnapshotIdentifier');
  const made = takeSnapshot(state, caller, { kind: 'snapshot', name, source, tags: tagMap(Tags) });
  return { DBSnapshot: snapshotShape(state, caller, made) };
}
