/**
 * StopDBInstance.
 *
 * Source   API of RDS 2014-10-31; B4.3/3: a stopped instance is not backed up. Assumed: it stays so for longer than seven days.
 */
import type { StopDBInstanceCommandInput, StopDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { databaseShape, findDatabase } from '../databases';
import { AwsFault } from '../fault';
import { changeResource } from '../stateful';

export function stopDBInstance(
  state: WorldState,
  caller: Caller,
  { DBInstanceIdentifier: named }: StopDBInstanceCommandInput,
): Omit<StopDBInstanceCommandOutput, '$metadata'> {
  const found = findDatabase(state, caller, named);
  if ((found.declaration.state ?? 'available') !== 'available') {
    throw new AwsFault('InvalidDBInstanceStateFault', `Instance ${named ?? ''} is not in available state.`);
  }
  return { DBInstance: databaseShape(state, changeResource(state, found, { state: 'stopped' })) };
}
