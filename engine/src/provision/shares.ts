/**
 * AWS::RAM::ResourceShare.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): nothing is create-only.
 */
import { given } from '../operations/backup/shapes';
import { associateResourceShare } from '../operations/ram/associate-resource-share';
import { createResourceShare } from '../operations/ram/create-resource-share';
import { deleteResourceShare } from '../operations/ram/delete-resource-share';
import { disassociateResourceShare } from '../operations/ram/disassociate-resource-share';
import { tagResource } from '../operations/ram/tag-resource';
import { untagResource } from '../operations/ram/untag-resource';
import { updateResourceShare } from '../operations/ram/update-resource-share';
import { findShare, showShare } from '../operations/share';
import { Made, refuseOthers, ResourceHandler, Wanted } from './handler';

const KNOWN = ['AllowExternalPrincipals', 'Name', 'Principals', 'ResourceArns', 'Tags'];

export const SHARES: Readonly<Record<string, ResourceHandler>> = {
  'AWS::RAM::ResourceShare': {
    replacedBy: [],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, KNOWN);
      const { resourceShare } = createResourceShare(
        state,
        env,
        given({
          name: properties.member('Name').requiredText(),
          allowExternalPrincipals: properties.member('AllowExternalPrincipals').boolean(),
          ...partsOf(wanted),
          tags: tagTexts(wanted),
        }),
      );
      return madeShare(wanted, String(resourceShare?.resourceShareArn));
    },
    update: (wanted, { state, env, stack, made }) => {
      const { properties } = wanted;
      const resourceShareArn = made.physicalId;
      const before = new Wanted(state, stack, made);
      refuseOthers(wanted, KNOWN);
      const input = given({
        resourceShareArn,
        name: properties.member('Name').requiredText(),
        allowExternalPrincipals: properties.member('AllowExternalPrincipals').boolean() ?? true,
      });
      updateResourceShare(state, env, input);
      const [had, has] = [partsOf(before), partsOf(wanted)];
      disassociateResourceShare(state, env, {
        resourceShareArn,
        resourceArns: without(had.resourceArns, has.resourceArns),
        principals: without(had.principals, has.principals),
      });
      associateResourceShare(state, env, {
        resourceShareArn,
        resourceArns: without(has.resourceArns, had.resourceArns),
        principals: without(has.principals, had.principals),
      });
      const tagKeys = without(Object.keys(before.tags()), Object.keys(wanted.tags()));
      untagResource(state, env, { resourceShareArn, tagKeys });
      tagResource(state, env, { resourceShareArn, tags: tagTexts(wanted) });
      return madeShare(wanted, resourceShareArn);
    },
    delete: ({ state, env, made }) => {
      deleteResourceShare(state, env, { resourceShareArn: made.physicalId });
    },
  },
};

function partsOf({ properties }: Wanted): { readonly resourceArns: string[]; readonly principals: string[] } {
  return {
    resourceArns: properties.member('ResourceArns').texts() ?? [],
    principals: properties.member('Principals').texts() ?? [],
  };
}

/** Source: return values: `Ref` is the ARN. */
function madeShare({ state, env }: Wanted, arn: string): Made {
  const { status, featureSet, owningAccountId } = showShare(findShare(state, env, arn));
  const attributes = { Arn: arn, Status: status, FeatureSet: featureSet, OwningAccountId: owningAccountId };
  return { physicalId: arn, attributes };
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((one) => !others.includes(one));
}

function tagTexts(wanted: Wanted): { key: string; value: string }[] {
  return Object.entries(wanted.tags()).map(([key, value]) => ({ key, value }));
}
