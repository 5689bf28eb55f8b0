/**
 * PutBucketLifecycleConfiguration. It is kept; nothing expires.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  LifecycleRule,
  PutBucketLifecycleConfigurationCommandInput,
  PutBucketLifecycleConfigurationCommandOutput,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { hex128 } from '../../kernel/ids';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';

export function putBucketLifecycleConfiguration(
  state: WorldState,
  caller: Caller,
  input: PutBucketLifecycleConfigurationCommandInput,
): Omit<PutBucketLifecycleConfigurationCommandOutput, '$metadata'> {
  const { arn } = findBucket(state, caller, input);
  const named = (rule: LifecycleRule, index: number): LifecycleRule => ({
    ...rule,
    // Source: LifecycleRule: an id is made where none is given. Assumed: its form.
    ID: rule.ID ?? hex128(state.seed, { kind: 's3-lifecycle-rule', names: [arn, `${index}`], at: state.now }),
  });
  const rules = input.LifecycleConfiguration?.Rules?.map(named);
  const size = input.TransitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K';
  const setting = rules && { Rules: rules, TransitionDefaultMinimumObjectSize: size };
  writeSetting(state, caller, input, 'lifecycle', setting);
  return { TransitionDefaultMinimumObjectSize: size };
}
