/**
 * PutTargets.
 *
 * Source   API of EventBridge 2015-10-07: five targets a rule, an id again replaces the target.
 */
import type { PutTargetsCommandInput, PutTargetsCommandOutput, Target } from '@aws-sdk/client-eventbridge';
import type { EventTarget } from '../../domain/event-target';
import { stepsOf } from '../../domain/json-path';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findBus, findRule } from '../find-rule';

const MOST_TARGETS = 5;

export function putTargets(
  state: WorldState,
  caller: Caller,
  input: PutTargetsCommandInput,
): Omit<PutTargetsCommandOutput, '$metadata'> {
  const rule = findRule(findBus(state, caller, input.EventBusName), input.Rule);
  const targets = required(input.Targets, 'Targets').map(targetOf);
  const ids = new Set([...rule.targets.keys(), ...targets.map(({ id }) => id)]);
  if (ids.size > MOST_TARGETS) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `The requested resource exceeds the maximum number allowed.`);
  }
  for (const target of targets) {
    rule.targets.set(target.id, target);
  }
  return { FailedEntryCount: 0, FailedEntries: [] };
}

/** What decides nothing here. */
function particularsOf(shape: Target): Record<string, unknown> {
  const kept = ['AppSyncParameters', 'BatchParameters', 'EcsParameters', 'HttpParameters', 'KinesisParameters'];
  kept.push('RedshiftDataParameters', 'RetryPolicy', 'RunCommandParameters', 'SageMakerPipelineParameters');
  return Object.fromEntries(
    Object.entries(shape).filter(([name, value]) => kept.includes(name) && value !== undefined),
  );
}

function targetOf(shape: Target): EventTarget {
  const transformer = shape.InputTransformer;
  const paths = [shape.InputPath, ...Object.values(transformer?.InputPathsMap ?? {})];
  const wrong = paths.find((path) => path !== undefined && stepsOf(path) === undefined);
  if (wrong !== undefined) {
    // Assumed: the text.
    throw new AwsFault('ValidationException', `Invalid input path: ${wrong}`);
  }
  return {
    id: required(shape.Id, 'Id'),
    arn: required(shape.Arn, 'Arn'),
    roleArn: shape.RoleArn,
    input: shape.Input,
    inputPath: shape.InputPath,
    inputTransformer: transformer && {
      inputPathsMap: transformer.InputPathsMap ?? {},
      inputTemplate: transformer.InputTemplate ?? '',
    },
    deadLetterArn: shape.DeadLetterConfig?.Arn,
    messageGroupId: shape.SqsParameters?.MessageGroupId,
    particulars: particularsOf(shape),
  };
}
