/**
 * What a restore makes, once it is complete, and what stands in its way.
 *
 * Owns     nothing: adds to the resources of the ledger.
 * Source   B8, B9.3/7.
 * Spec     restore-job.md
 */
import type { Environment } from '@holdfast/model';
import { NEVER } from '../kernel/instant';
import { hypervisorOf } from './backup-gateways';
import { RESTORE_BUCKET_ABSENT } from './content-reasons';
import { RESOURCE_ADDED } from './event-codes';
import { restoresFiles } from './file-restores';
import { RESTORE_TEST } from './inferred-metadata';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { NO_REASON, RESTORE_TARGET_EXISTS } from './reasons';
import type { RestoreJob } from './restore-runs';
import { GIB } from './snapshot';

/**
 * What is wrong with the place that a restore goes to, or NO_REASON: asked when it begins and, as things come and go
 * meanwhile, at the end.
 */
export function targetRefusal(ledger: Ledger, { target, resourceType, request }: RestoreJob): number {
  const there = ledger.resources.tryFind(target.arn);
  if (restoresFiles(resourceType, request.metadata) && !isBucketOf(there, request.env)) {
    return RESTORE_BUCKET_ABSENT;
  }
  return !target.inPlace && there?.gone === false ? RESTORE_TARGET_EXISTS : NO_REASON;
}

/** Assumed: files go to a bucket of the account and Region of the job. */
function isBucketOf(bucket: Resource | undefined, { account, region }: Environment): boolean {
  const { env } = bucket?.declaration ?? {};
  return bucket?.gone === false && env?.account === account && env.region === region;
}

/** What was restored is there. */
export function bring(ledger: Ledger, job: RestoreJob): Resource {
  const { tags, state: _state, declaredAt: _declaredAt, members: _members, ...source } = job.resource.declaration;
  // Assumed: a cluster has the volumes that were restored with it.
  const volumes = job.nested.map(({ request, target }) => [request.nestedIn?.member ?? target.name, target.arn]);
  const members = volumes.length === 0 ? {} : { members: Object.fromEntries(volumes) };
  const size = job.isParent ? {} : { sizeGiB: job.sizeBytes / GIB };
  const { env, copyTags, test } = job.request;
  const { arn, name } = job.target;
  // Assumed: without a hypervisor it is where its source is.
  const hypervisor = hypervisorOf(ledger, job);
  // Assumed: the value of the tag of a test.
  const marked: Record<string, string> = test === undefined ? {} : { [RESTORE_TEST]: job.id };
  const added = ledger.resources.put(
    { ...source, ...hypervisor, ...members, ...size, arn, name, env, tags: { ...(copyTags ? tags : {}), ...marked } },
    ledger.settings.serviceOf(env, source.service),
    ledger.now,
  );
  ledger.meter?.provisioned(added);
  ledger.particulars.inherit(job.resource.arn, arn);
  if (test === undefined) {
    // Source B9.3/7: no plan selects what a test restored.
    ledger.rosterVersion++;
  }
  const service = ledger.names.intern(added.service.id);
  const { arnName, place, sizeBytes } = added;
  ledger.log.append(ledger.now, RESOURCE_ADDED, 0, NO_REASON, arnName, place, service, sizeBytes, NEVER);
  return added;
}
