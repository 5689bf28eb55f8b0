/**
 * Tags of what AWS Backup makes, changed in place.
 *
 * Pure: changes nothing but the World it is given.
 */
import { tagResource } from '../operations/backup/tag-resource';
import { untagResource } from '../operations/backup/untag-resource';
import type { Standing } from './handler';

/** Gives a resource the tags of one map in the place of those of another. */
export function changeTags(
  { state, env }: Standing,
  arn: string,
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): void {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  if (gone.length > 0) {
    untagResource(state, env, { ResourceArn: arn, TagKeyList: gone });
  }
  const put = Object.entries(after).filter(([key, value]) => before[key] !== value);
  if (put.length > 0) {
    tagResource(state, env, { ResourceArn: arn, Tags: Object.fromEntries(put) });
  }
}
