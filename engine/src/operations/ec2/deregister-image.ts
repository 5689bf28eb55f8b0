/**
 * DeregisterImage.
 *
 * Source   ../../domain/service-doors.ts: every image here is one of AWS Backup.
 */
import type { DeregisterImageCommandInput, DeregisterImageCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findImage } from '../ec2-snapshots';
import { AwsFault } from '../fault';
import { managedByBackup } from '../service-points';

export function deregisterImage(
  state: WorldState,
  caller: Caller,
  { ImageId: id = '' }: DeregisterImageCommandInput,
): Omit<DeregisterImageCommandOutput, '$metadata'> {
  if (findImage(state, caller, id).point === undefined) {
    throw new AwsFault('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
  }
  throw managedByBackup('ec2:DeregisterImage', id);
}
