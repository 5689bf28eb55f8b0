/**
 * Which resources belong together: the members of stacks and the volumes of clusters, once every source was read; and which
 * stacks are resources at all.
 *
 * Pure: pages in, entries out.
 * Source   B4.5/1, B4.5/3. Drivers of Kubernetes put these tags on the volumes that they make: `CSIVolumeName`,
 *          `kubernetes.io/created-for/pv/name`, `kubernetes.io/cluster/<name>`, `KubernetesCluster`, `eks:cluster-name`.
 * Assumed  A stack is a resource where a plan names it, by its ARN or by one of its tags, or AWS Backup has backed it up; so
 *          is what is nested in it. Whoever selects `*` means the data in the stacks (as the artifacts are read, too).
 */
import type { BackupPlan, Environment } from '@holdfast/model';
import { arnOf } from '../domain/stateful-resources';
import type { Entry, Page, Part } from './source';

const STACK = /^arn:[^:]+:cloudformation:/;
const CLUSTER = /^arn:[^:]+:eks:[^:]*:\d*:cluster\/(.+)$/;
const VOLUME = /^arn:[^:]+:ec2:[^:]*:\d*:volume\//;
const VOLUME_NAMES = ['CSIVolumeName', 'kubernetes.io/created-for/pv/name'];
const CLUSTER_NAMES = ['KubernetesCluster', 'eks:cluster-name', 'eks:eks-cluster-name'];

/** The entries with their members, and without the stacks that nobody backs up. */
export function withMembers(entries: readonly Entry[], pages: readonly Page[]): Entry[] {
  const parts = new Map(pages.flatMap((page) => Object.entries(page.parts ?? {})));
  const backedUp = new Set(pages.flatMap((page) => page.backedUp ?? []));
  const plans = pages.flatMap((page) => page.plans ?? []);
  const byPlace = byServiceAndId(entries);
  const members = new Map(
    [...parts].map(([stack, own]) => [
      stack,
      Object.fromEntries(own.map((part) => [part.id, arnOfPart(part, stack, byPlace)])),
    ]),
  );
  const stacks = entries.filter(({ arn }) => STACK.test(arn));
  const kept = new Set<string>();
  const keep = (arn: string): void => {
    if (!kept.has(arn)) {
      kept.add(arn);
      Object.values(members.get(arn) ?? {})
        .filter((one) => STACK.test(one))
        .forEach(keep);
    }
  };
  stacks.filter((stack) => backedUp.has(stack.arn) || isNamed(stack, plans)).forEach(({ arn }) => keep(arn));
  const volumes = entries.filter(({ arn }) => VOLUME.test(arn));
  return entries.flatMap((entry): Entry[] => {
    if (STACK.test(entry.arn)) {
      return kept.has(entry.arn) ? [{ ...entry, members: members.get(entry.arn) ?? {} }] : [];
    }
    const name = CLUSTER.exec(entry.arn)?.[1];
    return [name === undefined ? entry : { ...entry, members: volumesOf(name, entry.arn, volumes) }];
  });
}

function isNamed({ arn, tags = {} }: Entry, plans: readonly BackupPlan[]): boolean {
  const selections = plans
    .filter(({ env }) => arn.split(':')[3] === env.region && arn.split(':')[4] === env.account)
    .flatMap((plan) => plan.selections ?? []);
  return selections.some(
    ({ resources = [], listOfTags = [], conditions }) =>
      resources.includes(arn) ||
      listOfTags.some(({ conditionKey, conditionValue }) => tags[conditionKey] === conditionValue) ||
      (conditions?.stringEquals ?? []).some(
        ({ conditionKey, conditionValue }) => tags[conditionKey.replace('aws:ResourceTag/', '')] === conditionValue,
      ),
  );
}

/** An entry by service, Region and what CloudFormation calls it: the last name in its ARN. */
function byServiceAndId(entries: readonly Entry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ arn, region }) => [keyOf(arn, region ?? arn.split(':')[3] ?? '', lastName(arn)), arn]));
}

function arnOfPart({ service, physical }: Part, stack: string, known: ReadonlyMap<string, string>): string {
  if (physical.startsWith('arn:')) {
    return physical;
  }
  const [, partition = '', , region = '', account = ''] = stack.split(':');
  const env: Environment = { partition, region, account };
  const arn = arnOf(service, env, physical);
  return known.get(keyOf(arn, env.region, lastName(physical))) ?? arn;
}

function keyOf(arn: string, region: string, name: string): string {
  return `${arn.split(':')[2]} ${region} ${name}`;
}

function lastName(text: string): string {
  return text.split(/[:/|]/).at(-1) ?? text;
}

function volumesOf(cluster: string, arn: string, volumes: readonly Entry[]): Record<string, string> {
  const place = arn.split(':').slice(3, 5).join(':');
  const own = volumes.filter(
    (volume) => volume.arn.split(':').slice(3, 5).join(':') === place && isOfCluster(volume.tags ?? {}, cluster),
  );
  return Object.fromEntries(
    own.flatMap(({ arn: volume, tags = {} }) => {
      const name = VOLUME_NAMES.map((key) => tags[key]).find((one) => one !== undefined);
      return name === undefined ? [] : [[name, volume]];
    }),
  );
}

function isOfCluster(tags: Readonly<Record<string, string>>, cluster: string): boolean {
  return `kubernetes.io/cluster/${cluster}` in tags || CLUSTER_NAMES.some((key) => tags[key] === cluster);
}
