// A served World with what the story of the suite needs beside AWS Backup: an organization and resources of every kind.
import { HttpFront } from '../../../../engine/src/host/http-front';
import { ServedWorld } from '../../../../engine/src/host/served-world';
import { createOrganization } from '../../../../engine/src/operations/organizations/create-organization';
import { parseInstant } from '../../../../engine/src/kernel/instant';
import { ENV, resource } from '../../scenarios/stage';

export const OWNER = ENV.account;
export const RECOVERY = '222222222222';
export const REGION = ENV.region;
export const ROLE = `arn:aws:iam::${OWNER}:role/backup`;

export const TABLE = resource('dynamodb-advanced', 'orders');
export const FILES = resource('efs', 'fs-0123456789abcdef0');
export const VOLUME = resource('ebs', 'vol-0123456789abcdef0');
export const BUCKET = resource('s3', 'pictures', { dailyChangePercent: 1 });
const MEMBER = resource('dynamodb-advanced', 'baskets');
export const SHOP = resource('cloudformation', 'shop', { members: { Baskets: MEMBER.arn }, sizeGiB: 0.01 });

export interface Stage {
  readonly world: ServedWorld;
  readonly front: HttpFront;
}

export async function stage(): Promise<Stage> {
  const env = { partition: 'aws', account: OWNER, region: REGION };
  const world = new ServedWorld({ env, start: parseInstant('2027-01-01'), seed: 1, version: '0' });
  createOrganization(world.state, ENV, {});
  for (const one of [TABLE, FILES, VOLUME, BUCKET, MEMBER, SHOP]) {
    world.state.addResource(one);
  }
  return { world, front: await HttpFront.open(world) };
}
