/**
 * The key that a call names.
 *
 * Pure: reads the World. What reaches `alias/aws/…` for the first time makes that key, as services do.
 * Source   KMS API reference: KeyId, NotFoundException, KMSInvalidStateException. The texts are Assumed.
 */
import { Key, NewKey, aliasArn } from '../domain/keys';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { uuid } from '../kernel/ids';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** For calls that other accounts may make, too. */
export function findKey(state: WorldState, caller: Caller, given: string | undefined): Key {
  const keyId = required(given, 'KeyId');
  const key = state.ledger.keys.tryFind(caller, keyId) ?? managedKey(state, caller, keyId);
  if (key === undefined || key.state === 'Deleted') {
    throw new AwsFault('NotFoundException', `Key '${keyId}' does not exist`);
  }
  return key;
}

/** For calls that only the key's own account can make, in the key's Region. */
export function findOwnKey(state: WorldState, caller: Caller, given: string | undefined): Key {
  const key = findKey(state, caller, given);
  if (placeOf(key.made.env) !== placeOf(caller)) {
    throw new AwsFault('NotFoundException', `Key '${key.arn}' does not exist`);
  }
  return key;
}

/** For calls that change a key: those that AWS manages are not the customer's to change (Source B13). */
export function findCustomerKey(state: WorldState, caller: Caller, given: string | undefined): Key {
  const key = findOwnKey(state, caller, given);
  if (key.made.awsManaged) {
    throw new AwsFault('UnsupportedOperationException', `${key.arn} is managed by AWS.`);
  }
  return key;
}

/** @throws AwsFault while the key waits for its deletion. */
export function refusePending(key: Key): void {
  if (key.state === 'PendingDeletion' || key.state === 'PendingReplicaDeletion') {
    throw new AwsFault('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  }
}

/** The policy that a key has when nobody gives one. Source: KMS developer guide, "Default key policy". */
export function defaultPolicy(made: Pick<NewKey, 'env'>): string {
  const { partition, account } = made.env;
  const root = { AWS: `arn:${partition}:iam::${account}:root` };
  const Statement = [
    { Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
  ];
  return JSON.stringify({ Version: '2012-10-17', Id: 'key-default-1', Statement });
}

function managedKey(state: WorldState, caller: Caller, given: string): Key | undefined {
  const prefix = aliasArn(caller, 'alias/aws/');
  const arn = given.startsWith('alias/aws/') ? aliasArn(caller, given) : given;
  if (!arn.startsWith(prefix)) {
    return undefined;
  }
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  const id = uuid(state.seed, { kind: 'aws-managed-key', names: [env.partition, env.account, env.region, arn] });
  const key = state.ledger.keys.add({
    env,
    id,
    awsManaged: true,
    multiRegion: false,
    primary: undefined,
    usage: 'ENCRYPT_DECRYPT',
    spec: 'SYMMETRIC_DEFAULT',
    createdAt: state.now,
  });
  key.policy = viaService(env, arn.slice(prefix.length));
  state.ledger.keys.putAlias(arn, key);
  return key;
}

/** Whoever in the account may use the service may use its key. Assumed: the wording of AWS's own policies. */
function viaService(env: NewKey['env'], service: string): string {
  const via = { 'kms:CallerAccount': env.account, 'kms:ViaService': `${service}.${env.region}.amazonaws.com` };
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant'];
  const read = ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'];
  const root = { AWS: `arn:${env.partition}:iam::${env.account}:root` };
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [...use, 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: via },
    },
    { Effect: 'Allow', Principal: root, Action: read, Resource: '*' },
  ];
  return JSON.stringify({ Version: '2012-10-17', Id: `auto-${service}`, Statement });
}
