/**
 * AWS::Logs::LogGroup and ResourcePolicy.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { given } from '../operations/backup/shapes';
import { createLogGroup } from '../operations/cloudwatchlogs/create-log-group';
import { deleteLogGroup } from '../operations/cloudwatchlogs/delete-log-group';
import { deleteResourcePolicy } from '../operations/cloudwatchlogs/delete-resource-policy';
import { deleteRetentionPolicy } from '../operations/cloudwatchlogs/delete-retention-policy';
import { putResourcePolicy } from '../operations/cloudwatchlogs/put-resource-policy';
import { putRetentionPolicy } from '../operations/cloudwatchlogs/put-retention-policy';
import { tagResource } from '../operations/cloudwatchlogs/tag-resource';
import { untagResource } from '../operations/cloudwatchlogs/untag-resource';
import { Made, refuseOthers, ResourceHandler, Wanted } from './handler';
import { Refused } from './refusals';

const OF_GROUP = ['KmsKeyId', 'LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'];

export const LOGS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Logs::LogGroup': {
    // The key may be changed in place; nothing here does that.
    replacedBy: ['KmsKeyId', 'LogGroupClass', 'LogGroupName'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, OF_GROUP);
      const logGroupName = wanted.identity.name;
      const input = given({
        logGroupName,
        kmsKeyId: properties.member('KmsKeyId').text(),
        logGroupClass: properties.member('LogGroupClass').text() as LogGroupClass | undefined,
        tags: wanted.tags(),
      });
      createLogGroup(state, env, input);
      keepFor(wanted, logGroupName);
      return wanted.made();
    },
    update: (wanted, { state, env, stack, made }) => {
      refuseOthers(wanted, OF_GROUP);
      keepFor(wanted, made.physicalId);
      const [before, tags] = [new Wanted(state, stack, made).tags(), wanted.tags()];
      const resourceArn = String(made.attributes['Arn']);
      const tagKeys = Object.keys(before).filter((key) => !Object.hasOwn(tags, key));
      untagResource(state, env, { resourceArn, tagKeys });
      tagResource(state, env, { resourceArn, tags });
      return wanted.made();
    },
    delete: ({ state, env, made }) => {
      deleteLogGroup(state, env, { logGroupName: made.physicalId });
    },
  },
  'AWS::Logs::ResourcePolicy': {
    replacedBy: ['PolicyName'],
    create: (wanted) => {
      const name = wanted.properties.member('PolicyName').requiredText();
      if (wanted.state.services.messaging.logs.policies.tryFind(wanted.env, name) !== undefined) {
        throw new Refused(`Resource of type 'AWS::Logs::ResourcePolicy' with identifier '${name}' already exists.`);
      }
      return putPolicy(wanted, name);
    },
    update: (wanted, { made }) => putPolicy(wanted, made.physicalId),
    delete: ({ state, env, made }) => {
      deleteResourcePolicy(state, env, { policyName: made.physicalId });
    },
  },
};

/** How long events are kept: for ever unless told otherwise. */
function keepFor({ state, env, properties }: Wanted, logGroupName: string): void {
  const retentionInDays = properties.member('RetentionInDays').number();
  if (retentionInDays === undefined) {
    deleteRetentionPolicy(state, env, { logGroupName });
  } else {
    putRetentionPolicy(state, env, { logGroupName, retentionInDays });
  }
}

function putPolicy({ state, env, properties }: Wanted, policyName: string): Made {
  putResourcePolicy(state, env, { policyName, policyDocument: textOf(properties.member('PolicyDocument')) });
  return { physicalId: policyName, attributes: {} };
}

function textOf(declared: DeclaredValue): string {
  const value = declared.json();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
