/**
 * ModifyDBCluster.
 *
 * Source   API of RDS 2014-10-31. Changes are made at once (Assumed).
 */
import type { ModifyDBClusterCommandInput, ModifyDBClusterCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { clusterShape } from '../database-clusters';
import { databaseParticulars, findCluster, settingsOf, windowsIn } from '../databases';
import { AwsFault } from '../fault';
import { refuseRetention } from '../managed-backups';
import { changeResource } from '../stateful';

export function modifyDBCluster(
  state: WorldState,
  caller: Caller,
  input: ModifyDBClusterCommandInput,
): Omit<ModifyDBClusterCommandOutput, '$metadata'> {
  if (input.NewDBClusterIdentifier !== undefined) {
    throw new AwsFault('NotEmulated', 'rds: NewDBClusterIdentifier of ModifyDBCluster is not emulated');
  }
  const cluster = findCluster(state, caller, input.DBClusterIdentifier);
  refuseRetention(state, cluster, input.BackupRetentionPeriod);
  const kept = databaseParticulars(state, cluster);
  const changed = given({
    port: input.Port,
    securityGroupIds: input.VpcSecurityGroupIds,
    parameterGroup: input.DBClusterParameterGroupName,
    masterPassword: input.MasterUserPassword,
  });
  const settings = { ...kept.settings, ...settingsOf(input) };
  state.ledger.particulars.databases.put(cluster.arn, { ...kept, ...changed, settings });
  const next = changeResource(state, cluster, { ...windowsIn(input), ...given({ sizeGiB: input.AllocatedStorage }) });
  return { DBCluster: clusterShape(state, next) };
}
