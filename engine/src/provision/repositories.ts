/**
 * AWS::ECR::Repository.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { EncryptionType, ImageTagMutability } from '@aws-sdk/client-ecr';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { given } from '../operations/backup/shapes';
import { createRepository } from '../operations/ecr/create-repository';
import { deleteLifecyclePolicy } from '../operations/ecr/delete-lifecycle-policy';
import { deleteRepositoryPolicy } from '../operations/ecr/delete-repository-policy';
import { deleteRepository } from '../operations/ecr/delete-repository';
import { putImageScanningConfiguration } from '../operations/ecr/put-image-scanning-configuration';
import { putImageTagMutability } from '../operations/ecr/put-image-tag-mutability';
import { putLifecyclePolicy } from '../operations/ecr/put-lifecycle-policy';
import { setRepositoryPolicy } from '../operations/ecr/set-repository-policy';
import { tagResource } from '../operations/ecr/tag-resource';
import { untagResource } from '../operations/ecr/untag-resource';
import { findRepository, shownRepository } from '../operations/find-repository';
import { Made, ResourceHandler, Wanted } from './handler';

export const REPOSITORIES: Readonly<Record<string, ResourceHandler>> = {
  'AWS::ECR::Repository': {
    replacedBy: ['EncryptionConfiguration', 'RepositoryName'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const encryption = properties.member('EncryptionConfiguration');
      const repositoryName = wanted.identity.name;
      const input = given({
        repositoryName,
        encryptionConfiguration: encryption.isPresent
          ? given({
              encryptionType: encryption.member('EncryptionType').requiredText() as EncryptionType,
              kmsKey: encryption.member('KmsKey').text(),
            })
          : undefined,
        imageTagMutability: mutabilityOf(properties),
        imageScanningConfiguration: scanningOf(properties),
        tags: Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value })),
      });
      createRepository(state, env, input);
      bringPolicies(wanted, repositoryName);
      return madeRepository(wanted, repositoryName);
    },
    update: (wanted, { state, env, stack, made }) => {
      const { properties } = wanted;
      const repositoryName = made.physicalId;
      putImageTagMutability(state, env, { repositoryName, imageTagMutability: mutabilityOf(properties) });
      putImageScanningConfiguration(state, env, {
        repositoryName,
        imageScanningConfiguration: scanningOf(properties),
      });
      bringPolicies(wanted, repositoryName);
      const after = wanted.tags();
      const resourceArn = String(made.attributes['Arn']);
      const tagKeys = Object.keys(new Wanted(state, stack, made).tags()).filter((key) => !Object.hasOwn(after, key));
      untagResource(state, env, { resourceArn, tagKeys });
      tagResource(state, env, { resourceArn, tags: Object.entries(after).map(([Key, Value]) => ({ Key, Value })) });
      return madeRepository(wanted, repositoryName);
    },
    delete: ({ state, env, made }) => {
      deleteRepository(state, env, { repositoryName: made.physicalId });
    },
  },
};

/** Its own policy and that of its images' lifes, or none. */
function bringPolicies({ state, env, properties }: Wanted, repositoryName: string): void {
  const { policy, lifecyclePolicy } = findRepository(state, env, { repositoryName });
  const policyText = jsonText(properties.member('RepositoryPolicyText'));
  const lifecyclePolicyText = properties.member('LifecyclePolicy').member('LifecyclePolicyText').text();
  if (policyText !== undefined) {
    setRepositoryPolicy(state, env, { repositoryName, policyText });
  } else if (policy !== undefined) {
    deleteRepositoryPolicy(state, env, { repositoryName });
  }
  if (lifecyclePolicyText !== undefined) {
    putLifecyclePolicy(state, env, { repositoryName, lifecyclePolicyText });
  } else if (lifecyclePolicy !== undefined) {
    deleteLifecyclePolicy(state, env, { repositoryName });
  }
}

function madeRepository(wanted: Wanted, repositoryName: string): Made {
  const { repositoryArn, repositoryUri } = shownRepository(
    findRepository(wanted.state, wanted.env, { repositoryName }),
  );
  return { physicalId: repositoryName, attributes: { Arn: repositoryArn, RepositoryUri: repositoryUri } };
}

function mutabilityOf(properties: DeclaredValue): ImageTagMutability {
  return (properties.member('ImageTagMutability').text() ?? 'MUTABLE') as ImageTagMutability;
}

function scanningOf(properties: DeclaredValue): { scanOnPush: boolean } {
  return { scanOnPush: properties.member('ImageScanningConfiguration').member('ScanOnPush').boolean() ?? false };
}

/** A document as text, whichever way it is written. */
function jsonText(declared: DeclaredValue): string | undefined {
  const value = declared.json();
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
