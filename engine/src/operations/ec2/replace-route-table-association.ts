/**
 * ReplaceRouteTableAssociation.
 *
 * Source   EC2 API reference: another table for a subnet, or as the main one of a VPC, under a new id.
 */
import type {
  ReplaceRouteTableAssociationCommandInput,
  ReplaceRouteTableAssociationCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRouteTable, networkOf } from '../ec2-network';
import { findAssociation } from '../routes';

export function replaceRouteTableAssociation(
  state: WorldState,
  caller: Caller,
  input: ReplaceRouteTableAssociationCommandInput,
): Omit<ReplaceRouteTableAssociationCommandOutput, '$metadata'> {
  const before = findAssociation(state, caller, input.AssociationId);
  const table = findRouteTable(state, caller, input.RouteTableId);
  before.table.associations.delete(input.AssociationId ?? '');
  const id = networkOf(state, caller).id('rtbassoc', `${table.id} ${before.subnetId ?? 'main'}`);
  table.associations.set(id, before.subnetId);
  return { NewAssociationId: id, AssociationState: { State: 'associated' } };
}
