/**
 * Tags of what AWS Backup owns, where they were changed after it was made.
 *
 * Owns     the changed tags by ARN. What was never tagged again is not in here.
 * Source   API of AWS Backup: TagResource, UntagResource.
 * Spec     tags.md
 */
import { at } from '../kernel/columns';
import type { Ledger } from './ledger';
import { arnOfPoint } from './show';

export type TagMap = Readonly<Record<string, string>>;

export class ChangedTags {
  private readonly byArn = new Map<string, TagMap>();

  /** The tags of something that was made with `made`. */
  of(arn: string, made: TagMap): TagMap {
    return this.byArn.get(arn) ?? made;
  }

  put(arn: string, tags: TagMap): void {
    this.byArn.set(arn, tags);
  }

  /** Whether nothing was ever changed: names of points need not be made to find that out. */
  get none(): boolean {
    return this.byArn.size === 0;
  }
}

/** Tags of a recovery point. Source B9.3/1, B2.1: those of the resource when it was backed up, and those of the rule. */
export function tagsOfPoint(ledger: Ledger, row: number): TagMap {
  const { points, changedTags } = ledger;
  const resource = ledger.resourceOf(at(points.series, row));
  const { tags } = ledger.origins.find(at(points.origins, row)).given;
  const made = { ...resource.tagsAt(at(points.createdAts, row)), ...tags };
  return changedTags.none ? made : changedTags.of(arnOfPoint(ledger, row), made);
}
