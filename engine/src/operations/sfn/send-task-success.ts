/**
 * SendTaskSuccess: what a task made that waits for a callback.
 *
 * Source   API of Step Functions 2016-11-23.
 */
import type { SendTaskSuccessCommandInput, SendTaskSuccessCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTask } from '../find-state-machine';
import { required } from '../find-vault';

export function sendTaskSuccess(
  state: WorldState,
  _caller: Caller,
  input: SendTaskSuccessCommandInput,
): Omit<SendTaskSuccessCommandOutput, '$metadata'> {
  const task = findTask(state, input.taskToken);
  task.end({ output: outputOf(required(input.output, 'output')) });
  return {};
}

function outputOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    // Assumed: the text.
    throw new AwsFault('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}
