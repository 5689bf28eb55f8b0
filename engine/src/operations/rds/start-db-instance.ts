/**
 * StartDBInstance.
 *
 * Source   API of RDS 2014-10-31: InvalidDBInstanceState.
 */
import type { StartDBInstanceCommandInput, StartDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { databaseShape, findDatabase } from '../databases';
import { AwsFault } from '../fault';
import { changeResource } from '../stateful';

export function startDBInstance(
  state: WorldState,
  caller: Caller,
  { DBInstanceIdentifier: named }: StartDBInstanceCommandInput,
): Omit<StartDBInstanceCommandOutput, '$metadata'> {
  const found = findDatabase(state, caller, named);
  if (found.declaration.state !== 'stopped') {
    throw new AwsFault('InvalidDBInstanceStateFault', `Instance ${named ?? ''} is not stopped, it cannot be started.`);
  }
  return { DBInstance: databaseShape(state, changeResource(state, found, { state: 'available' })) };
}
