/**
 * Invoke. An event is recorded and runs as soon as the clock moves; whoever waits for the answer gets it where functions run.
 *
 * Source   API of Lambda 2015-03-31.
 */
import type { InvokeCommandInput, InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type { Answer } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFunction } from '../find-function';

type Output = Omit<InvokeCommandOutput, '$metadata'>;

export function invoke(state: WorldState, caller: Caller, input: InvokeCommandInput): Output | Promise<Output> {
  const standing = findFunction(state, caller, input.FunctionName);
  const payload = textOf(input.Payload);
  switch (input.InvocationType ?? 'RequestResponse') {
    case 'DryRun':
      return { StatusCode: 204 };
    case 'Event':
      state.services.messaging.invoke(standing, payload);
      return { StatusCode: 202 };
    default: {
      const running = state.services.functions.invoke(standing, payload);
      if (running === undefined) {
        throw new AwsFault('NotEmulated', 'functions of this World do not run: make it with runFunctions');
      }
      return running.then((answer) => answered(answer, input.LogType === 'Tail'));
    }
  }
}

function answered({ payload, error, log }: Answer, withLog: boolean): Output {
  const text = error === undefined ? payload : JSON.stringify({ errorType: error.type, errorMessage: error.message });
  return {
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: new TextEncoder().encode(text) as NonNullable<Output['Payload']>,
    ...(error !== undefined && { FunctionError: 'Unhandled' }),
    ...(withLog && { LogResult: Buffer.from(log.join('\n')).toString('base64') }),
  };
}

function textOf(payload: unknown): string {
  const text =
    payload === undefined ? '{}' : payload instanceof Uint8Array ? new TextDecoder().decode(payload) : `${payload}`;
  try {
    parseJson(text);
  } catch (error) {
    const why = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsFault('InvalidRequestContentException', why);
  }
  return text;
}
