/**
 * CreateAccessPoint.
 *
 * Source   API of EFS 2015-02-01: AccessPointAlreadyExists for a token that was used. Available at once (Assumed).
 */
import type { CreateAccessPointCommandInput, CreateAccessPointCommandOutput } from '@aws-sdk/client-efs';
import { generatedHex } from '../../domain/generated-ids';
import type { WorldState } from '../../domain/world-state';
import { accessPoints, accessPointShape, putAccessPoint } from '../access-points';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFileSystem } from '../file-systems';
import { environmentOf, tagMap } from '../stateful';

export function createAccessPoint(
  state: WorldState,
  caller: Caller,
  input: CreateAccessPointCommandInput,
): Omit<CreateAccessPointCommandOutput, '$metadata'> {
  const fileSystem = findFileSystem(state, caller, input.FileSystemId);
  const standing = accessPoints(state, caller);
  if (standing.some(({ point }) => point.clientToken === input.ClientToken)) {
    const why = `Access point already exists with client token '${input.ClientToken}'`;
    throw new AwsFault('AccessPointAlreadyExists', why);
  }
  const count = state.ledger.particulars.nth(`access point of ${fileSystem.arn}`);
  const id = `fsap-${generatedHex('access-point', environmentOf(caller), `${fileSystem.arn}#${count}`, 17)}`;
  const point = {
    id,
    clientToken: input.ClientToken ?? id,
    posixUser: input.PosixUser,
    rootDirectory: input.RootDirectory,
    tags: tagMap(input.Tags),
  };
  putAccessPoint(state, { fileSystem, point }, point);
  return accessPointShape(caller, { fileSystem, point });
}
