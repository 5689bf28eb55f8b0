/**
 * What of Systems Manager has tags: parameters and documents.
 *
 * Pure: reads the World.
 * Source   API of Systems Manager 2014-11-06. The texts are Assumed.
 */
import type { TagMap } from '../domain/tags';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findDocument } from './find-document';
import { tryFindParameter } from './find-parameter';
import { required } from './find-vault';

export function findTaggedSsm(
  state: WorldState,
  caller: Caller,
  type: string | undefined,
  id: string | undefined,
): { tags: TagMap } {
  const wanted = required(id, 'ResourceId');
  switch (required(type, 'ResourceType')) {
    case 'Parameter': {
      const found = tryFindParameter(state, caller, wanted);
      if (found === undefined) {
        throw new AwsFault('InvalidResourceId', `The resource ID ${wanted} is not valid.`);
      }
      return found.parameter;
    }
    case 'Document':
      return findDocument(state, caller, wanted);
    default:
      throw new AwsFault('NotEmulated', `ssm: tags of ${type} are not emulated`);
  }
}
