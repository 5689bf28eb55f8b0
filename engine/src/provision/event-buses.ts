/**
 * AWS::Events::EventBus and EventBusPolicy.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { Condition } from '@aws-sdk/client-eventbridge';
import { given } from '../operations/backup/shapes';
import { policyOf, statementsOf } from '../operations/bus-policy';
import { createEventBus } from '../operations/eventbridge/create-event-bus';
import { deleteEventBus } from '../operations/eventbridge/delete-event-bus';
import { putPermission } from '../operations/eventbridge/put-permission';
import { removePermission } from '../operations/eventbridge/remove-permission';
import { tagResource } from '../operations/eventbridge/tag-resource';
import { untagResource } from '../operations/eventbridge/untag-resource';
import { updateEventBus } from '../operations/eventbridge/update-event-bus';
import { findBus } from '../operations/find-rule';
import { refuseOthers, ResourceHandler, Wanted } from './handler';

const OF_BUS = ['DeadLetterConfig', 'Description', 'KmsKeyIdentifier', 'Name', 'Policy', 'Tags'];

export const EVENT_BUSES: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Events::EventBus': {
    replacedBy: ['Name'],
    create: (wanted) => {
      const { state, env } = wanted;
      refuseOthers(wanted, OF_BUS);
      createEventBus(state, env, { ...descriptionOf(wanted), Tags: tagPairs(wanted) });
      bringPolicy(wanted);
      return wanted.made({ Arn: wanted.identity.arn });
    },
    update: (wanted, { state, env, stack, made }) => {
      refuseOthers(wanted, OF_BUS);
      updateEventBus(state, env, descriptionOf(wanted));
      bringPolicy(wanted, new Wanted(state, stack, made));
      const Tags = tagPairs(wanted);
      const kept = new Set(Tags.map(({ Key }) => Key));
      const ResourceARN = String(made.attributes['Arn']);
      const TagKeys = tagPairs(new Wanted(state, stack, made)).map(({ Key }) => Key);
      untagResource(state, env, { ResourceARN, TagKeys: TagKeys.filter((key) => !kept.has(key)) });
      tagResource(state, env, { ResourceARN, Tags });
      return wanted.made({ Arn: wanted.identity.arn });
    },
    delete: ({ state, env, made }) => {
      deleteEventBus(state, env, { Name: made.physicalId });
    },
  },
  'AWS::Events::EventBusPolicy': {
    replacedBy: ['EventBusName', 'StatementId'],
    create: putStatement,
    update: putStatement,
    delete: ({ state, env, stack, made }) => {
      const { properties } = new Wanted(state, stack, made);
      const EventBusName = properties.member('EventBusName').text();
      const StatementId = properties.member('StatementId').requiredText();
      removePermission(state, env, given({ EventBusName, StatementId }));
    },
  },
};

/** What CreateEventBus and UpdateEventBus take alike. */
function descriptionOf({ properties, identity }: Wanted) {
  const deadLetterArn = properties.member('DeadLetterConfig').member('Arn').text();
  return given({
    Name: identity.name,
    Description: properties.member('Description').text(),
    KmsKeyIdentifier: properties.member('KmsKeyIdentifier').text(),
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
  });
}

/** The policy that is the bus's own property, in the place of that of before. */
function bringPolicy({ state, env, properties, identity }: Wanted, before?: Wanted): void {
  const EventBusName = identity.name;
  const policy = properties.member('Policy').json();
  if (policy !== undefined) {
    const Policy = typeof policy === 'string' ? policy : JSON.stringify(policy);
    putPermission(state, env, { EventBusName, Policy });
  } else if (before?.properties.member('Policy').isPresent === true) {
    removePermission(state, env, { EventBusName, RemoveAllPermissions: true });
  }
}

/** A statement of its own, written whole or by its parts. Source: `Ref` is the statement's id. */
function putStatement({ state, env, properties }: Wanted) {
  const EventBusName = properties.member('EventBusName').text();
  const StatementId = properties.member('StatementId').requiredText();
  const statement = properties.member('Statement').json() as object | undefined;
  if (statement === undefined) {
    const input = given({
      EventBusName,
      StatementId,
      Principal: properties.member('Principal').requiredText(),
      Action: properties.member('Action').requiredText(),
      Condition: properties.member('Condition').json() as Condition | undefined,
    });
    putPermission(state, env, input);
  } else {
    const others = statementsOf(findBus(state, env, EventBusName).policy).filter(({ Sid }) => Sid !== StatementId);
    const Policy = policyOf([...others, { ...statement, Sid: StatementId }]);
    putPermission(state, env, given({ EventBusName, Policy }));
  }
  return { physicalId: StatementId, attributes: {} };
}

function tagPairs(wanted: Wanted): { Key: string; Value: string }[] {
  return Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value }));
}
