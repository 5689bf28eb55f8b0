/**
 * DescribeConfigurationRecorderStatus: those of these names, or all.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type {
  DescribeConfigurationRecorderStatusCommandInput,
  DescribeConfigurationRecorderStatusCommandOutput,
} from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { recordersNamed } from '../config-things';

export function describeConfigurationRecorderStatus(
  state: WorldState,
  caller: Caller,
  input: DescribeConfigurationRecorderStatusCommandInput,
): Omit<DescribeConfigurationRecorderStatusCommandOutput, '$metadata'> {
  const recorders = recordersNamed(state, caller, input.ConfigurationRecorderNames);
  return {
    ConfigurationRecordersStatus: recorders.map(({ arn, name, recording, startedAt, stoppedAt, changedAt }) =>
      given({
        arn,
        name,
        recording,
        lastStartTime: startedAt === undefined ? undefined : dateOf(startedAt),
        lastStopTime: stoppedAt === undefined ? undefined : dateOf(stoppedAt),
        // Source: API RecorderStatus.
        lastStatus: startedAt === undefined ? ('Pending' as const) : ('Success' as const),
        lastStatusChangeTime: changedAt === undefined ? undefined : dateOf(changedAt),
      }),
    ),
  };
}
