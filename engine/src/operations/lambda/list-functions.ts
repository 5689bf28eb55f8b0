/**
 * ListFunctions of an account and Region.
 *
 * Source   API of Lambda 2015-03-31, ListFunctions.
 */
import type { ListFunctionsCommandInput, ListFunctionsCommandOutput } from '@aws-sdk/client-lambda';
import { functionArn } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { functionConfiguration } from '../function-configuration';
import { pageOf } from '../page';

export function listFunctions(
  state: WorldState,
  caller: Caller,
  input: ListFunctionsCommandInput,
): Omit<ListFunctionsCommandOutput, '$metadata'> {
  const prefix = functionArn(caller, '');
  const functions = state.services.messaging.functions.list().filter(({ arn }) => arn.startsWith(prefix));
  const page = pageOf(functions.map(functionConfiguration), input.MaxItems, input.Marker, {
    service: 'lambda',
    operation: 'ListFunctions',
    keyOf: ({ FunctionArn = '' }) => FunctionArn,
  });
  return given({ Functions: page.items, NextMarker: page.nextToken });
}
