/**
 * CreateBucket.
 *
 * Source   S3 API reference 2006-03-01; S3 user guide, "General purpose bucket naming rules" (read 2026-11-26).
 */
import type { CreateBucketCommandInput, CreateBucketCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { grantsOf } from '../access-control';
import { tagMapOf } from '../bucket-tags';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { ownerOf } from '../find-bucket';

const NAME = /^(?!xn--|sthree-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** The Region that makes buckets anywhere, and for which nobody names it. */
const FIRST_REGION = 'us-east-1';

export function createBucket(
  state: WorldState,
  caller: Caller,
  input: CreateBucketCommandInput,
): Omit<CreateBucketCommandOutput, '$metadata'> {
  const name = input.Bucket ?? '';
  if (!NAME.test(name)) {
    throw new AwsFault('InvalidBucketName', 'The specified bucket is not valid.');
  }
  const region = regionOf(caller.region, input.CreateBucketConfiguration?.LocationConstraint);
  const { partition, account } = caller;
  const standing = state.buckets.tryFind(partition, name);
  const answer = { Location: region === FIRST_REGION ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
  if (standing !== undefined) {
    refuseTaken(standing.env.account === account, caller.region);
    return answer;
  }
  const tags = tagMapOf(input.CreateBucketConfiguration?.Tags);
  const ownership = input.ObjectOwnership ?? 'BucketOwnerEnforced';
  const grants = grantsOf(input, ownerOf(account).ID);
  if (ownership === 'BucketOwnerEnforced' && grants !== undefined && input.ACL !== 'private') {
    throw new AwsFault(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  const bucket = state.buckets.create({ partition, account, region }, name, tags);
  if (input.ObjectOwnership !== undefined) {
    state.buckets.set(bucket, 'ownership', { Rules: [{ ObjectOwnership: input.ObjectOwnership }] });
  }
  if (grants !== undefined) {
    state.buckets.set(bucket, 'acl', { grants });
  }
  if (input.ObjectLockEnabledForBucket === true) {
    state.buckets.set(bucket, 'versioning', { Status: 'Enabled' });
    state.buckets.set(bucket, 'object-lock', { ObjectLockEnabled: 'Enabled' });
  }
  return answer;
}

function regionOf(called: string, constraint: string | undefined): string {
  const wanted = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (called !== FIRST_REGION && wanted !== called) {
    throw new AwsFault(
      'IllegalLocationConstraintException',
      `The ${wanted ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  return wanted ?? FIRST_REGION;
}

/** Source: CreateBucket: in us-east-1 one's own bucket may be made again. */
function refuseTaken(own: boolean, region: string): void {
  if (!own) {
    throw new AwsFault(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    );
  }
  if (region !== FIRST_REGION) {
    throw new AwsFault(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
    );
  }
}
