import { matchesArn, matchesResource, tokensOf } from '../../../../engine/src/domain/policy/wildcard';

const VAULT = 'arn:aws:backup:eu-west-1:123456789012:backup-vault:main';
const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-1';

// prettier-ignore
test.each([
  // pattern                                              ARN       as an ARN  as Resource
  ['*',                                                   VAULT,    true,      true],
  ['arn:aws:backup:*:*:backup-vault:*',                   VAULT,    true,      true],
  ['arn:aws:backup:*:backup-vault:*',                     VAULT,    false,     true],
  ['arn:aws:backup:*:backup-vault:other',                 VAULT,    false,     false],
  ['arn:aws:backup:*main',                                VAULT,    false,     false],
  ['arn:aws:backup:eu-*:backup-vault:main',               VAULT,    false,     true],
  ['arn:aws:backup:eu-*-1:backup-vault:main',             VAULT,    false,     false],
  ['arn:aws:backup:us-*:backup-vault:*',                  VAULT,    false,     false],
  ['arn:aws:*:backup-vault:main',                         VAULT,    false,     true],
  ['arn:*:main',                                          VAULT,    false,     true],
  ['arn:aws:ec2:*:snapshot/*',                            SNAPSHOT, false,     true],
  ['arn:aws:ec2:*:volume/*',                              SNAPSHOT, false,     false],
  ['arn:aws:ec2:?:snapshot/*',                            SNAPSHOT, false,     false],
  ['arn:aws:backup',                                      VAULT,    false,     true],
  ['arn:aws:backup:*',                                    VAULT,    false,     true],
  ['arn:aws:backup:*:*',                                  VAULT,    false,     true],
  ['arn:aws:backup:*:*:*',                                VAULT,    true,      true],
  ['arn:*',                                               VAULT,    false,     true],
  ['arn:aws:backup:*',                                    'main',   false,     false],
])('a star at the end of a part of Resource reaches beyond the colon, within a part it does not: %s', (pattern, arn, isArn, isResource) => {
  expect([matchesArn(tokensOf(pattern), arn), matchesResource(tokensOf(pattern), arn)]).toEqual([isArn, isResource]);
});

test('many stars take no longer than the product of the lengths', () => {
  const pattern = tokensOf(`arn:${'*a:'.repeat(200)}b*`);
  expect(matchesResource(pattern, `arn:${'aa:'.repeat(2000)}`)).toBe(false);
});
