/**
 * ModifyDBInstance.
 *
 * Source   API of RDS 2014-10-31; managed-backups.ts (what AWS Backup holds). Changes are made at once, whether they were asked for so or not (Assumed).
 */
import type { ModifyDBInstanceCommandInput, ModifyDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { databaseParticulars, databaseShape, findDatabase, memberShape, settingsOf, windowsIn } from '../databases';
import { AwsFault } from '../fault';
import { refuseRetention } from '../managed-backups';
import { changeResource, environmentOf } from '../stateful';

export function modifyDBInstance(
  state: WorldState,
  caller: Caller,
  input: ModifyDBInstanceCommandInput,
): Omit<ModifyDBInstanceCommandOutput, '$metadata'> {
  if (input.NewDBInstanceIdentifier !== undefined) {
    throw new AwsFault('NotEmulated', 'rds: NewDBInstanceIdentifier of ModifyDBInstance is not emulated');
  }
  const env = environmentOf(caller);
  const { members } = state.services.databases;
  const member = members.tryFind(env, input.DBInstanceIdentifier?.toLowerCase() ?? '');
  const changed = given({
    port: input.DBPortNumber,
    securityGroupIds: input.VpcSecurityGroupIds,
    subnetGroup: input.DBSubnetGroupName,
    parameterGroup: input.DBParameterGroupName,
    optionGroup: input.OptionGroupName,
    masterPassword: input.MasterUserPassword,
  });
  if (member !== undefined) {
    const settings = { ...member.settings, ...settingsOf(input) };
    return { DBInstance: memberShape(state, members.put(env, member.name, { ...member, ...changed, settings })) };
  }
  const found = findDatabase(state, caller, input.DBInstanceIdentifier);
  refuseRetention(state, found, input.BackupRetentionPeriod);
  const kept = databaseParticulars(state, found);
  const settings = { ...kept.settings, ...settingsOf(input) };
  state.ledger.particulars.databases.put(found.arn, { ...kept, ...changed, settings });
  const next = changeResource(state, found, { ...windowsIn(input), ...given({ sizeGiB: input.AllocatedStorage }) });
  return { DBInstance: databaseShape(state, next) };
}
