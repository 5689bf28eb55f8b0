/**
 * Tags of many things at once, by ARN.
 *
 * Owns     nothing: each thing puts its own tags.
 * Source   Resource Groups Tagging API 2017-01-26, FailureInfo.
 */
import type { FailureInfo } from '@aws-sdk/client-resource-groups-tagging-api';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import type { TagMap } from './stateful';
import { taggedResources } from './tagged-resources';

/** Changes the tags of what is found; the failures of the rest by ARN. Assumed: their texts. */
export function retagByArn(
  state: WorldState,
  caller: Caller,
  arns: readonly string[],
  change: (tags: TagMap) => TagMap,
): Record<string, FailureInfo> {
  const known = new Map(taggedResources(state, caller).map((one) => [one.arn, one]));
  const failures: Record<string, FailureInfo> = {};
  for (const arn of arns) {
    const tagged = known.get(arn);
    if (tagged === undefined) {
      const ErrorMessage = `${arn} is not there, or has no tags.`;
      failures[arn] = { StatusCode: 400, ErrorCode: 'InvalidParameterException', ErrorMessage };
    } else {
      tagged.put(change(tagged.tags));
    }
  }
  return failures;
}
