// Whether the objects of a restored bucket can be written, by the key that they are to be under.
import { failsToWriteObjects } from '../../../engine/src/domain/restored-objects';
import { NO_REASON } from '../../../engine/src/domain/reasons';

const [GOOD, BAD] = ['arn:aws:kms:r:1:key/good', 'arn:aws:kms:r:1:key/bad'];

function fails(metadata: object, encryptedWith: string | undefined, { service = 's3', unusable = 1 } = {}): boolean {
  const refusalOf = (arn: string | undefined) => (arn === BAD ? 1 : NO_REASON);
  const resource = { service: { id: service }, declaration: { encryptedWith } };
  return failsToWriteObjects({ keys: { unusable, refusalOf } } as never, { resource, request: { metadata } } as never);
}

// prettier-ignore
test.each<[what: string, metadata: object, encryptedWith: string | undefined, expected: boolean]>([
  ['nothing said, under a key that cannot be used', {},                                            BAD,       true],
  ['nothing said, under one that can',              {},                                            GOOD,      false],
  ['nothing said, under none',                      {},                                            undefined, false],
  ['the original one',                              { EncryptionType: 'original' },                BAD,       true],
  ['the original one, beside a good one',           { EncryptionType: 'original', KMSKey: GOOD },  BAD,       true],
  ['a key that can be used',                        { EncryptionType: 'SSE-KMS', KMSKey: GOOD },   BAD,       false],
  ['a key that cannot be used',                     { EncryptionType: 'SSE-KMS', KMSKey: BAD },    GOOD,      true],
  ['the same in small letters',                     { EncryptionType: 'sse-kms', KMSKey: BAD },    GOOD,      true],
  ['SSE-KMS without a key',                         { EncryptionType: 'SSE-KMS' },                 BAD,       false],
  ['S3\'s own, beside a key',                       { EncryptionType: 'SSE-S3', KMSKey: BAD },     BAD,       false],
])('%s: %#', (_what, metadata, encryptedWith, expected) => {
  expect(fails(metadata, encryptedWith)).toBe(expected);
});

test('what is no bucket is written, and so is everything while no key is unusable', () => {
  expect(fails({}, BAD, { service: 'efs' })).toBe(false);
  expect(fails({}, BAD, { unusable: 0 })).toBe(false);
});
