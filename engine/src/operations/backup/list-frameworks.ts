/**
 * ListFrameworks, by name.
 *
 * Source   B10.1/3. Assumed: the order.
 */
import type { ListFrameworksInput, ListFrameworksOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { showFramework } from '../framework';
import { pageOf } from '../page';
import { given } from './shapes';

export function listFrameworks(state: WorldState, caller: Caller, input: ListFrameworksInput): ListFrameworksOutput {
  const page = pageOf(state.frameworks.list(caller), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListFrameworks',
    keyOf: ({ arn }) => arn,
  });
  return given({ Frameworks: page.items.map(showFramework), NextToken: page.nextToken });
}
