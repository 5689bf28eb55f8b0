/**
 * DescribeImages: there are none.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { DescribeImagesCommandInput, DescribeImagesCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRepository } from '../find-repository';

export function describeImages(
  state: WorldState,
  caller: Caller,
  input: DescribeImagesCommandInput,
): Omit<DescribeImagesCommandOutput, '$metadata'> {
  const { name, env } = findRepository(state, caller, input);
  const [asked] = input.imageIds ?? [];
  if (asked !== undefined) {
    throw new AwsFault(
      'ImageNotFoundException',
      `The image with imageId {imageDigest:'${asked.imageDigest ?? 'null'}', imageTag:'${asked.imageTag ?? 'null'}'} does not exist within the repository with name '${name}' in the registry with id '${env.account}'`,
    );
  }
  return { imageDetails: [] };
}
