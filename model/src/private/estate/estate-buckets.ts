import { Finding } from '../../finding';
import { at, found } from '../found';
import { RESOURCE } from '../tables/plan';
import { EstateIndex } from './estate-index';
import { reachOf } from './selected';

/** Buckets without versioning that plans take, each once: AWS Backup makes no backup of them. */
export function checkBuckets(index: EstateIndex): Finding[] {
  const taken = new Set(index.plans.flatMap((declared) => reachOf(declared, index).resources));
  return [...taken]
    .filter(({ versioning }) => versioning === false)
    .map(({ declaredAt, arn }) => found(RESOURCE.versioning, at(declaredAt ?? arn, 'versioning'), 'off'));
}
