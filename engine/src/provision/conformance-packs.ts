/**
 * AWS::Config::ConformancePack.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { ConformancePackInputParameter, TemplateSSMDocumentDetails } from '@aws-sdk/client-config-service';
import { given } from '../operations/backup/shapes';
import { deleteConformancePack } from '../operations/config/delete-conformance-pack';
import { putConformancePack } from '../operations/config/put-conformance-pack';
import { tagResource } from '../operations/config/tag-resource';
import { untagResource } from '../operations/config/untag-resource';
import { Made, ResourceHandler, Wanted } from './handler';
import { Refused } from './refusals';

export const CONFORMANCE_PACKS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Config::ConformancePack': {
    replacedBy: ['ConformancePackName'],
    create: (wanted) => {
      const name = wanted.properties.member('ConformancePackName').requiredText();
      if (wanted.state.services.config.packs.tryFind(wanted.env, name) !== undefined) {
        throw new Refused(`Resource of type 'AWS::Config::ConformancePack' with identifier '${name}' already exists.`);
      }
      return putPack(wanted, name);
    },
    update: (wanted, { state, env, stack, made }) => {
      const after = putPack(wanted, made.physicalId);
      const tags = wanted.tags();
      const ResourceArn = String(after.attributes['ConformancePackArn']);
      const TagKeys = Object.keys(new Wanted(state, stack, made).tags()).filter((key) => !Object.hasOwn(tags, key));
      untagResource(state, env, { ResourceArn, TagKeys });
      tagResource(state, env, { ResourceArn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });
      return after;
    },
    delete: ({ state, env, made }) => {
      deleteConformancePack(state, env, { ConformancePackName: made.physicalId });
    },
  },
};

function putPack(wanted: Wanted, ConformancePackName: string): Made {
  const { state, env, properties } = wanted;
  const parameters = properties.member('ConformancePackInputParameters');
  const input = given({
    ConformancePackName,
    TemplateBody: properties.member('TemplateBody').text(),
    TemplateS3Uri: properties.member('TemplateS3Uri').text(),
    TemplateSSMDocumentDetails: properties.member('TemplateSSMDocumentDetails').json() as
      TemplateSSMDocumentDetails | undefined,
    DeliveryS3Bucket: properties.member('DeliveryS3Bucket').text(),
    DeliveryS3KeyPrefix: properties.member('DeliveryS3KeyPrefix').text(),
    ConformancePackInputParameters: parameters.json() as ConformancePackInputParameter[] | undefined,
    Tags: Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value })),
  });
  const { ConformancePackArn } = putConformancePack(state, env, input);
  return { physicalId: ConformancePackName, attributes: { ConformancePackArn } };
}
