/**
 * Volumes of Storage Gateway, as it shows them.
 *
 * Pure: reads the World.
 * Source   API of Storage Gateway 2013-06-30: an ARN that is none of its own is InvalidGatewayRequestException.
 * Assumed  Every volume is cached: AWS Backup takes both kinds alike.
 */
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { resourcesOf } from './stateful';

export const VOLUME_TYPE = 'CACHED iSCSI';

export function gatewayVolumes(state: WorldState, caller: Caller): Resource[] {
  return resourcesOf(state, caller, ['storage-gateway']);
}

export function findGatewayVolume(state: WorldState, caller: Caller, arn: string | undefined): Resource {
  const found = gatewayVolumes(state, caller).find((one) => one.arn === arn);
  if (found === undefined) {
    throw new AwsFault('InvalidGatewayRequestException', 'The specified volume was not found.');
  }
  return found;
}

/** The ARN of the gateway that has a volume. */
export function gatewayOf(volumeArn: string): string {
  return volumeArn.replace(/\/volume\/.*$/, '');
}
