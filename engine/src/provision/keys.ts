/**
 * AWS::KMS::Key, ReplicaKey and Alias.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only;
 *          PendingWindowInDays "when you remove a KMS key from a CloudFormation stack".
 */
import { isDeepStrictEqual } from 'node:util';
import type { EncryptionKey } from '@holdfast/model';
import { AccessDeclarations } from '../ingest/access';
import { readAccess } from '../ingest/cloudformation/access';
import { deployKey } from '../ingest/deploy-access';
import { given } from '../operations/backup/shapes';
import { createAlias } from '../operations/kms/create-alias';
import { deleteAlias } from '../operations/kms/delete-alias';
import { disableKeyRotation } from '../operations/kms/disable-key-rotation';
import { disableKey } from '../operations/kms/disable-key';
import { enableKeyRotation } from '../operations/kms/enable-key-rotation';
import { enableKey } from '../operations/kms/enable-key';
import { putKeyPolicy } from '../operations/kms/put-key-policy';
import { scheduleKeyDeletion } from '../operations/kms/schedule-key-deletion';
import { tagResource } from '../operations/kms/tag-resource';
import { untagResource } from '../operations/kms/untag-resource';
import { updateKeyDescription } from '../operations/kms/update-key-description';
import { updateAlias } from '../operations/kms/update-alias';
import { ResourceHandler, Standing, Wanted } from './handler';

export const KEYS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::KMS::Key': key('KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'),
  'AWS::KMS::ReplicaKey': key('PrimaryKeyArn'),
  'AWS::KMS::Alias': {
    replacedBy: ['AliasName'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const AliasName = properties.member('AliasName').requiredText();
      createAlias(state, env, { AliasName, TargetKeyId: properties.member('TargetKeyId').requiredText() });
      return wanted.made();
    },
    update: (wanted, { state, env, made }) => {
      const TargetKeyId = wanted.properties.member('TargetKeyId').requiredText();
      updateAlias(state, env, { AliasName: made.physicalId, TargetKeyId });
      return wanted.made();
    },
    adopt: (wanted, name) =>
      wanted.state.ledger.keys.tryFind(wanted.env, name) === undefined ? undefined : wanted.made(),
    delete: ({ state, env, made }) => {
      deleteAlias(state, env, { AliasName: made.physicalId });
    },
  },
};

function key(...replacedBy: string[]): ResourceHandler {
  return {
    replacedBy,
    create: (wanted) => {
      deployKey(wanted.state, keyOf(wanted));
      return wanted.made();
    },
    update: (wanted, standing) => {
      changeKey(standing, keyOf(new Wanted(standing.state, standing.stack, standing.made)), keyOf(wanted));
      return standing.made;
    },
    adopt: ({ state, env }, id) => {
      const found = state.ledger.keys.tryFind(env, id);
      return found === undefined || !found.arn.endsWith(`/${id}`) || found.state === 'PendingDeletion'
        ? undefined
        : { physicalId: id, attributes: { Arn: found.arn, KeyId: id } };
    },
    delete: ({ state, env, stack, made }) => {
      const PendingWindowInDays = new Wanted(state, stack, made).properties.member('PendingWindowInDays').number();
      scheduleKeyDeletion(state, env, given({ KeyId: made.physicalId, PendingWindowInDays }));
    },
  };
}

function keyOf({ declaration }: Wanted): EncryptionKey {
  const into = new AccessDeclarations();
  readAccess(declaration, into);
  return into.estate().keys?.[0] as EncryptionKey;
}

function changeKey({ state, env, made }: Standing, before: EncryptionKey, after: EncryptionKey): void {
  const KeyId = made.physicalId;
  if (after.keyPolicy !== undefined && !isDeepStrictEqual(before.keyPolicy, after.keyPolicy)) {
    putKeyPolicy(state, env, { KeyId, Policy: JSON.stringify(after.keyPolicy) });
  }
  if (before.description !== after.description) {
    updateKeyDescription(state, env, { KeyId, Description: after.description ?? '' });
  }
  const gone = Object.keys(before.tags ?? {}).filter((key) => after.tags?.[key] === undefined);
  if (gone.length > 0) {
    untagResource(state, env, { KeyId, TagKeys: gone });
  }
  const put = Object.entries(after.tags ?? {}).filter(([key, value]) => before.tags?.[key] !== value);
  if (put.length > 0) {
    tagResource(state, env, { KeyId, Tags: put.map(([TagKey, TagValue]) => ({ TagKey, TagValue })) });
  }
  const { rotationPeriodInDays: RotationPeriodInDays } = after;
  if (before.rotationPeriodInDays !== RotationPeriodInDays) {
    if (RotationPeriodInDays === undefined) {
      disableKeyRotation(state, env, { KeyId });
    } else {
      enableKeyRotation(state, env, { KeyId, RotationPeriodInDays });
    }
  }
  if (before.enabled !== after.enabled) {
    (after.enabled === false ? disableKey : enableKey)(state, env, { KeyId });
  }
}
