/**
 * CreateCluster.
 *
 * Source   API of Redshift 2012-12-01. A cluster is available at once (Assumed).
 */
import type { CreateClusterCommandInput, CreateClusterCommandOutput } from '@aws-sdk/client-redshift';
import { ResourceKeys } from '@holdfast/model';
import { keyArnOf } from '../../domain/stateful-resources';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identifierOf } from '../databases';
import { AwsFault } from '../fault';
import { environmentOf, makeResource, tagMap, tryFindResource } from '../stateful';
import { warehouseSettings, warehouseShape, WAREHOUSES } from '../warehouses';

export function createCluster(
  state: WorldState,
  caller: Caller,
  input: CreateClusterCommandInput,
): Omit<CreateClusterCommandOutput, '$metadata'> {
  const name = identifierOf(input.ClusterIdentifier, 'ClusterIdentifier');
  if (tryFindResource(state, caller, WAREHOUSES, name) !== undefined) {
    throw new AwsFault('ClusterAlreadyExistsFault', 'Cluster already exists');
  }
  const key = input.KmsKeyId ?? ResourceKeys.managedKey('redshift', input.Encrypted === true);
  const encryptionKey = key === undefined ? undefined : keyArnOf(key, environmentOf(caller));
  const tags = tagMap(input.Tags);
  const made = makeResource(state, caller, { service: 'redshift', name, tags, encryptionKey, state: 'available' });
  state.ledger.particulars.warehouses.put(made.arn, { settings: warehouseSettings(input) });
  return { Cluster: warehouseShape(state, made) };
}
