/**
 * GetParameterHistory: the versions, oldest first.
 *
 * Source   API of Systems Manager 2014-11-06: pages of 50.
 */
import type { GetParameterHistoryCommandInput, GetParameterHistoryCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findParameter, parameterShape } from '../find-parameter';
import { pageOf } from '../page';

const PAGE = 50;

export function getParameterHistory(
  state: WorldState,
  caller: Caller,
  input: GetParameterHistoryCommandInput,
): Omit<GetParameterHistoryCommandOutput, '$metadata'> {
  const { parameter } = findParameter(state, caller, input.Name);
  const page = pageOf(parameter.versions, input.MaxResults ?? PAGE, input.NextToken, {
    service: 'ssm',
    operation: 'GetParameterHistory',
    parent: parameter.name,
    keyOf: ({ version }) => String(version),
  });
  return given({
    Parameters: page.items.map((version) => {
      const found = { parameter, version, selector: undefined };
      const { Value } = parameterShape(state, caller, found, input.WithDecryption === true);
      return given({
        Name: parameter.name,
        Type: version.type,
        KeyId: version.keyId,
        LastModifiedDate: dateOf(version.changedAt),
        Description: version.description,
        Value,
        AllowedPattern: version.allowedPattern,
        Version: version.version,
        Labels: [],
        Tier: version.tier,
        Policies: [],
        DataType: version.dataType,
      });
    }),
    NextToken: page.nextToken,
  });
}
