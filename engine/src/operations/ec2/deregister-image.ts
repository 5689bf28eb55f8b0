/**
 * DeregisterImage.
 *
 * Source   EC2 user guide, "Deregister an AMI": one that AWS Backup manages is deleted in AWS Backup alone. Assumed: the text.
 */
import type { DeregisterImageCommandInput, DeregisterImageCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findImage } from '../ec2-snapshots';
import { AwsFault } from '../fault';

export function deregisterImage(
  state: WorldState,
  caller: Caller,
  { ImageId: id = '' }: DeregisterImageCommandInput,
): Omit<DeregisterImageCommandOutput, '$metadata'> {
  if (findImage(state, caller, id).point === undefined) {
    throw new AwsFault('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
  }
  throw new AwsFault(
    'InvalidParameterValue',
    'This image is managed by the AWS Backup service and cannot be deleted via EC2 APIs. If you wish to delete this image, please do so via the Backup console.',
  );
}
