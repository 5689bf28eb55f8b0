/**
 * PutTargets.
 *
 * Source   API of EventBridge 2015-10-07: five targets a rule, an id again replaces the target.
 */
import type { PutTargetsCommandInput, PutTargetsCommandOutput, RetryPolicy, Target } from '@aws-sdk/client-eventbridge';
import { EventRuleLimits } from '@holdfast/model';
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
  kept.push('RedshiftDataParameters', 'RunCommandParameters', 'SageMakerPipelineParameters');
  return Object.fromEntries(
    Object.entries(shape).filter(([name, value]) => kept.includes(name) && value !== undefined),
  );
}

/** Callers of the wire are refused by the API model before. Assumed: that what deploys is told the same. */
function retryOf(policy: RetryPolicy | undefined): EventTarget['retry'] {
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: maximumAgeSeconds } = policy ?? {};
  refuseOutside('maximumRetryAttempts', attempts, 0, EventRuleLimits.MAXIMUM_RETRY_ATTEMPTS);
  const { MINIMUM_EVENT_AGE_SECONDS: least, MAXIMUM_EVENT_AGE_SECONDS: most } = EventRuleLimits;
  refuseOutside('maximumEventAgeInSeconds', maximumAgeSeconds, least, most);
  return policy && { attempts, maximumAgeSeconds };
}

function refuseOutside(member: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && !(value >= least && value <= most)) {
    const bound = value > most ? `less than or equal to ${most}` : `greater than or equal to ${least}`;
    const said = `Value '${value}' at 'retryPolicy.${member}' failed to satisfy constraint: Member must have value ${bound}`;
    throw new AwsFault('ValidationException', `1 validation error detected: ${said}`);
  }
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
    retry: retryOf(shape.RetryPolicy),
    messageGroupId: shape.SqsParameters?.MessageGroupId,
    particulars: particularsOf(shape),
  };
}
