/**
 * DescribeConfigurationRecorders: those of these names, or all.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type {
  DescribeConfigurationRecordersCommandInput,
  DescribeConfigurationRecordersCommandOutput,
} from '@aws-sdk/client-config-service';
import type { Recorder } from '../../domain/config';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { recordersNamed } from '../config-things';

export function describeConfigurationRecorders(
  state: WorldState,
  caller: Caller,
  input: DescribeConfigurationRecordersCommandInput,
): Omit<DescribeConfigurationRecordersCommandOutput, '$metadata'> {
  return { ConfigurationRecorders: recordersNamed(state, caller, input.ConfigurationRecorderNames).map(shapeOf) };
}

function shapeOf({ name, arn, roleArn, recordingGroup, recordingMode }: Recorder) {
  const { allSupported = false, includeGlobalResourceTypes = false, resourceTypes = [] } = recordingGroup;
  const excluded = recordingGroup.exclusionByResourceTypes?.resourceTypes ?? [];
  const derived =
    excluded.length > 0
      ? 'EXCLUSION_BY_RESOURCE_TYPES'
      : allSupported
        ? 'ALL_SUPPORTED_RESOURCE_TYPES'
        : 'INCLUSION_BY_RESOURCE_TYPES';
  return given({
    arn,
    name,
    roleARN: roleArn,
    recordingGroup: {
      allSupported,
      includeGlobalResourceTypes,
      resourceTypes,
      exclusionByResourceTypes: { resourceTypes: excluded },
      recordingStrategy: recordingGroup.recordingStrategy ?? { useOnly: derived as 'ALL_SUPPORTED_RESOURCE_TYPES' },
    },
    recordingMode,
    recordingScope: 'PAID' as const,
  });
}
