/**
 * PutFileSystemPolicy.
 *
 * Source   API of EFS 2015-02-01: InvalidPolicyException.
 */
import type { PutFileSystemPolicyCommandInput, PutFileSystemPolicyCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFileSystem } from '../file-systems';

export function putFileSystemPolicy(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id = '', Policy: policy = '' }: PutFileSystemPolicyCommandInput,
): Omit<PutFileSystemPolicyCommandOutput, '$metadata'> {
  const { arn } = findFileSystem(state, caller, id);
  try {
    parseJson(policy);
  } catch {
    throw new AwsFault('InvalidPolicyException', 'The policy is not JSON.');
  }
  state.ledger.particulars.fileSystems.change(arn, { policy });
  return { FileSystemId: id, Policy: policy };
}
