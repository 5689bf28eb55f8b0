/**
 * GetParametersByPath.
 *
 * Source   API of Systems Manager 2014-11-06: pages of 10.
 * Gaps     ParameterFilters answer NotEmulated.
 */
import type { GetParametersByPathCommandInput, GetParametersByPathCommandOutput } from '@aws-sdk/client-ssm';
import { newestOf } from '../../domain/parameters';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { isUnder, parameterShape } from '../find-parameter';
import { required } from '../find-vault';
import { pageOf } from '../page';

const PAGE = 10;

export function getParametersByPath(
  state: WorldState,
  caller: Caller,
  input: GetParametersByPathCommandInput,
): Omit<GetParametersByPathCommandOutput, '$metadata'> {
  if ((input.ParameterFilters ?? []).length > 0) {
    throw new AwsFault('NotEmulated', 'ssm: ParameterFilters of GetParametersByPath are not emulated');
  }
  const path = required(input.Path, 'Path');
  const under = state.services.parameters
    .list(caller)
    .filter(({ name }) => isUnder(name, path, input.Recursive === true));
  const page = pageOf(under, input.MaxResults ?? PAGE, input.NextToken, {
    service: 'ssm',
    operation: 'GetParametersByPath',
    parent: path,
    keyOf: ({ name }) => name,
  });
  return given({
    Parameters: page.items.map((parameter) => {
      const found = { parameter, version: newestOf(parameter), selector: undefined };
      return parameterShape(state, caller, found, input.WithDecryption === true);
    }),
    NextToken: page.nextToken,
  });
}
