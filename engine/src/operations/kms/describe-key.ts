/**
 * DescribeKey, for other accounts too.
 *
 * Source   KMS API reference, DescribeKey.
 */
import type { DescribeKeyCommandInput, DescribeKeyCommandOutput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findKey } from '../find-key';
import { keyMetadata } from '../key-metadata';

export function describeKey(
  state: WorldState,
  caller: Caller,
  input: DescribeKeyCommandInput,
): Omit<DescribeKeyCommandOutput, '$metadata'> {
  return { KeyMetadata: keyMetadata(findKey(state, caller, input.KeyId)) };
}
