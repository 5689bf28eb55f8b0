// Whose a key is.
import { isCustomerKey, keyTypeOf } from '../../../engine/src/domain/encryption';
import { describeKey } from '../../../engine/src/operations/kms/describe-key';
import { CMK, ENV, vault, world } from '../scenarios/stage';

const KEY = CMK.replace(/1$/, '9');

test('a key is one of the customer unless AWS manages it, by its name or as the World knows it', () => {
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    keys: [{ env: ENV, keyId: CMK.split('/').at(-1) ?? '' }],
  });
  const managed = describeKey(state, ENV, { KeyId: 'alias/aws/ebs' }).KeyMetadata?.Arn;
  const is = (arn: string | undefined) => isCustomerKey(state.ledger, arn);
  expect([is(CMK), is(KEY)]).toEqual([true, true]);
  expect([is(managed), is(`arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs`), is(undefined)]).toEqual([
    ...[false, false, false],
  ]);
  const type = (arn: string | undefined, airGapped = false) => keyTypeOf(state.ledger, airGapped, arn);
  expect([type(KEY), type(managed), type(undefined)]).toEqual(['CUSTOMER_MANAGED_KMS_KEY', undefined, undefined]);
  expect([type(KEY, true), type(undefined, true)]).toEqual(['CUSTOMER_MANAGED_KMS_KEY', 'AWS_OWNED_KMS_KEY']);
});
