// What vaults and services have against a copy.
import type { Environment, StatefulResource } from '@holdfast/model';
import { copyRefusalOf } from '../../../engine/src/domain/copy-job';
import { isManagedKey } from '../../../engine/src/domain/protected-resources';
import * as airGap from '../../../engine/src/domain/air-gap-reasons';
import * as reasons from '../../../engine/src/domain/reasons';
import { CMK, ENV, resource, vault, vaultArn, world } from '../scenarios/stage';

const OTHER = { ...ENV, account: '444455556666' };
const FAR = { ...ENV, region: 'us-east-1' };
const FAR_OTHER = { ...OTHER, region: 'us-east-1' };
const BAHRAIN = { ...ENV, region: 'me-south-1' };
const BAHRAIN_OTHER = { ...OTHER, region: 'me-south-1' };
const AWS_KEY = { encryptedWith: `arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs` };
const OWN_KEY = { encryptedWith: CMK };

/** Why a point of a resource in `main` cannot be copied into a vault: the name of the reason. */
function refusal(
  service: string,
  to: [name: string, env: Environment],
  more: Partial<StatefulResource> = {},
  days = 35,
) {
  const one = resource(service, 'one', more);
  const env = to[1];
  const gapped = { backupVaultName: 'gapped', env, minRetentionDays: 7, maxRetentionDays: 100 };
  const own = env === ENV ? [vault('main')] : [vault('main'), vault('main', { env })];
  const plain = { backupVaultName: 'plain', env };
  const aliased = vault('aliased', { env, encryptionKeyArn: `arn:aws:kms:${env.region}:${env.account}:key/aws` });
  const state = world('2027-01-01', {
    vaults: [...own, vault('other', { env }), plain, aliased, vault('Default', { env })],
    logicallyAirGappedVaults: [gapped],
    resources: [one],
  });
  const { vaults, resources } = state.ledger;
  const [source, destination] = [vaultArn('main'), vaultArn(to[0], env)].map((arn) => vaults.tryFindByArn(arn));
  const held = resources.tryFind(one.arn);
  if (source === undefined || held === undefined) {
    throw new Error('the stage is not set');
  }
  const boundByKey = !held.managed && isManagedKey(more.encryptedWith ?? '');
  const found = copyRefusalOf(source, destination, { resource: held, retentionDays: days, boundByKey });
  return Object.entries({ ...reasons, ...airGap }).find(([, number]) => number === found)?.[0];
}

// prettier-ignore
test.each<[string, string, [string, Environment], Partial<StatefulResource>, string]>([
  ['a file system, within the Region',          'efs',              ['other', ENV],            {},       'NO_REASON'],
  ['into the vault that holds it',              'efs',              ['main', ENV],             {},       'COPY_INTO_OWN_VAULT'],
  ['into one of that name elsewhere',           'efs',              ['main', FAR],             {},       'NO_REASON'],
  ['into a vault that is not there',            'efs',              ['nowhere', ENV],          {},       'DESTINATION_MISSING'],
  ['a basic table, within the Region',          'dynamodb',         ['other', ENV],            {},       'COPY_TYPE_UNSUPPORTED'],
  ['a basic table, to another Region',          'dynamodb',         ['other', FAR],            {},       'COPY_REGION_UNSUPPORTED'],
  ['a basic table, to another account',         'dynamodb',         ['other', OTHER],          {},       'COPY_ACCOUNT_UNSUPPORTED'],
  ['a database, within the Region',             'rds',              ['other', ENV],            {},       'NO_REASON'],
  ['a stack, within the Region',                'cloudformation',   ['other', ENV],            {},       'NO_REASON'],
  ['a stack, to another Region',                'cloudformation',   ['other', FAR],            {},       'NO_REASON'],
  ['a stack, to another account',               'cloudformation',   ['other', OTHER],          {},       'NO_REASON'],
  ['a stack, to both at once',                  'cloudformation',   ['other', FAR_OTHER],      {},       'COPY_BOTH_UNSUPPORTED'],
  ['a file system, to both at once',            'efs',              ['other', FAR_OTHER],      {},       'NO_REASON'],
  ['a cluster, to a Region without it',         'documentdb',       ['other', BAHRAIN],        {},       'COPY_REGION_UNSUPPORTED'],
  ['Neptune, to an opt-in Region',              'neptune',          ['other', BAHRAIN],        {},       'NO_REASON'],
  ['Neptune, to an account in one',             'neptune',          ['other', BAHRAIN_OTHER],  {},       'COPY_ACCOUNT_UNSUPPORTED'],
  ['a volume, into an air-gapped vault',        'ebs',              ['gapped', ENV],           OWN_KEY,  'NO_REASON'],
  ['a cluster without a key, into it',          'neptune',          ['gapped', ENV],           {},       'COPY_AIR_GAP_PLAIN_CLUSTER'],
  ['one with a key, into it',                   'neptune',          ['gapped', ENV],           OWN_KEY,  'NO_REASON'],
  ['one on a key of AWS, into it',              'ebs',              ['gapped', ENV],           AWS_KEY,  'COPY_AIR_GAP_MANAGED_KEY'],
  ['one on a key of AWS, into a standard one',  'ebs',              ['other', ENV],            AWS_KEY,  'NO_REASON'],
  ['a warehouse, into an air-gapped vault',     'redshift',         ['gapped', ENV],           {},       'COPY_AIR_GAP_UNSUPPORTED'],
  ['a database, into an air-gapped vault',      'rds',              ['gapped', ENV],           OWN_KEY,  'COPY_AIR_GAP_UNSUPPORTED'],
  ['a bucket on a key of AWS, into it',         's3',               ['gapped', ENV],           AWS_KEY,  'NO_REASON'],
  ['a volume without a key, to an account',     'ebs',              ['other', OTHER],          {},       'NO_REASON'],
  ['a volume on a key of AWS, to an account',   'ebs',              ['other', OTHER],          AWS_KEY,  'SOURCE_MANAGED_KEY'],
  ['a bucket on a key of AWS, to an account',   's3',               ['other', OTHER],          AWS_KEY,  'NO_REASON'],
  ['into a vault on a key of AWS there',        'efs',              ['plain', OTHER],          {},       'DESTINATION_DEFAULT_KEY'],
  ['into the default vault there',              'efs',              ['Default', OTHER],        {},       'DESTINATION_DEFAULT_KEY'],
  ['into a vault on a key of AWS here',         'efs',              ['plain', FAR],            {},       'NO_REASON'],
  ['into an air-gapped vault there',            'efs',              ['gapped', OTHER],         {},       'NO_REASON'],
])('%s (B6.2/5, B6.3/4, B6.3/5, B7.5/3)', (_, service, to, more, expected) => {
  expect(refusal(service, to, more)).toBe(expected);
});

// prettier-ignore
test.each([[6, 'COPY_RETENTION_OUTSIDE_LOCK'], [7, 'NO_REASON'], [100, 'NO_REASON'], [101, 'COPY_RETENTION_OUTSIDE_LOCK']])(
  'a copy of %d days into a vault that keeps 7 to 100: %s (B4.3/5)',
  (days, expected) => {
    expect(refusal('efs', ['gapped', ENV], {}, days)).toBe(expected);
  },
);
