/**
 * DisassociateRouteTable.
 *
 * Source   EC2 API reference: the subnet then has the main table; that of the VPC itself stays.
 */
import type { DisassociateRouteTableCommandInput, DisassociateRouteTableCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAssociation } from '../routes';
import { AwsFault } from '../fault';

export function disassociateRouteTable(
  state: WorldState,
  caller: Caller,
  { AssociationId: id }: DisassociateRouteTableCommandInput,
): Omit<DisassociateRouteTableCommandOutput, '$metadata'> {
  const { table, subnetId } = findAssociation(state, caller, id);
  if (subnetId === undefined) {
    const why = `cannot disassociate the main route table association ${id ?? ''}`;
    throw new AwsFault('InvalidParameterValue', why);
  }
  table.associations.delete(id ?? '');
  return {};
}
