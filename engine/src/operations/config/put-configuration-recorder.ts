/**
 * PutConfigurationRecorder: the one of an account and Region.
 *
 * Source   API of AWS Config 2014-11-12; B10.1/5.
 */
import type { PutConfigurationRecorderCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

export function putConfigurationRecorder(
  state: WorldState,
  caller: Caller,
  input: PutConfigurationRecorderCommandInput,
): void {
  const { config } = state.services;
  const declared = required(input.ConfigurationRecorder, 'ConfigurationRecorder');
  const name = declared.name ?? 'default';
  const before = config.recorders.tryFind(caller, name);
  if (before === undefined && config.recorders.list(caller).length > 0) {
    throw new AwsFault(
      'MaxNumberOfConfigurationRecordersExceededException',
      `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`,
    );
  }
  const { partition, account, region } = caller;
  const id = config.idOf('recorder', caller, name, 8);
  config.recorders.put(caller, name, {
    name,
    arn: `arn:${partition}:config:${region}:${account}:configuration-recorder/${name}/${id}`,
    roleArn: declared.roleARN,
    recordingGroup: declared.recordingGroup ?? { allSupported: true, includeGlobalResourceTypes: false },
    recordingMode: declared.recordingMode ?? { recordingFrequency: 'CONTINUOUS' },
    tags: before?.tags ?? tagsOf(input.Tags),
    recording: before?.recording ?? false,
    startedAt: before?.startedAt,
    stoppedAt: before?.stoppedAt,
    changedAt: before?.changedAt,
  });
}
