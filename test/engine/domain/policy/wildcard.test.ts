import { matchesArn, matchesResource, matchesTokens, tokensOf } from '../../../../engine/src/domain/policy/wildcard';

const VAULT = 'arn:aws:backup:eu-west-1:123456789012:backup-vault:main';
const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-1';

const LOGS = 'arn:aws:logs:eu-west-1:1:log-group:a:b:c:x';

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
  ['arn:aws:b?ckup:eu-*:backup-vault:main',               VAULT,    false,     true],
  ['arn:aws:backup:eu-*:b?ckup-vault:ma?n',               VAULT,    false,     true],
  ['arn:aws:backup:eu-*:backup-vault?main',               VAULT,    false,     false],
  ['arn:aws:backup:eu-*:backup-vault:mxin',               VAULT,    false,     false],
  ['arn:aws:backup:eu-*:backup-v*t:main',                 VAULT,    false,     true],
  ['arn:aws:backup:eu-*:backup-*:m*n',                    VAULT,    false,     true],
  ['arn:aws:lo*:1:log-group:a*c:x',                       LOGS,     false,     true],
  ['arn:aws:lo*:1:log-*p:a:b:c:x',                        LOGS,     false,     true],
  ['arn:aws:lo*:1:log*a:b:c:x',                           LOGS,     false,     false],
])('a star at the end of a part of Resource reaches beyond the colon, within a part it does not: %s', (pattern, arn, isArn, isResource) => {
  expect([matchesArn(tokensOf(pattern), arn), matchesResource(tokensOf(pattern), arn)]).toEqual([isArn, isResource]);
});

test('many stars take no longer than the product of the lengths', () => {
  const pattern = tokensOf(`arn:${'*a:'.repeat(200)}b*`);
  expect(matchesResource(pattern, `arn:${'aa:'.repeat(2000)}`)).toBe(false);
});

// prettier-ignore
test.each([
  ['a*b',   'ab',   true],
  ['a*b',   'acb',  true],
  ['a*b',   'acbc', false],
  ['*',     '',     true],
  ['a*',    'a',    true],
  ['*a*a',  'aba',  true],
  ['*a*a',  'a',    false],
])('a star stands for nothing, too: %s of %j is %s', (pattern, text, matches) => {
  expect(matchesTokens(tokensOf(pattern), text)).toBe(matches);
});
