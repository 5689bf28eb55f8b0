// What a verdict tells an author: the sentence, the words of AWS, and every policy that was looked at.
import { decide, readsClock } from '../../../../engine/src/domain/policy/decide';
import type { PoliciesInForce } from '../../../../engine/src/domain/policy/policies';
import type { Principal } from '../../../../engine/src/domain/policy/request';
import { accessDeniedText } from '../../../../engine/src/domain/policy/texts';
import { ALLOW_ALL, FULL, Json, OWNER, policy, requestFor, roleOf } from './place-table';

const request = requestFor('identity', 'same');
const { action, resource } = request;
const ROOT: Principal = { kind: 'root', arn: `arn:aws:iam::${OWNER}:root`, account: OWNER, userId: OWNER };
const SERVICE: Principal = { kind: 'service', arn: 'backup.amazonaws.com', account: '', userId: '' };
const CALLER = `arn:aws:sts::${OWNER}:assumed-role/Operator/ann`;
const DENY_ALL = { Sid: 'Never', ...ALLOW_ALL, Effect: 'Deny' };
const raw = (name: string, document: unknown) => ({ name, document });
const scps = (...policies: ReturnType<typeof raw>[]) => ({ identity: [FULL], scps: [{ target: 'r-ab12', policies }] });

// prettier-ignore
test.each<[because: string, policies: PoliciesInForce, principal?: Principal]>([
  [`${CALLER} may ${action} ${resource}: Statement[0] of the identity-based policy Full allows it`, { identity: [FULL] }],
  [`${ROOT.arn} may ${action} ${resource}: the root user of the account may, and nothing denies it`, { identity: [] }, ROOT],
  [`${CALLER} may not ${action} ${resource}: no identity-based policy allows it`, { identity: [] }],
  [`${CALLER} may not ${action} ${resource}: Never of the service control policy Guard at r-ab12 denies it`, scps(FULL, policy('Guard', DENY_ALL))],
  [`${CALLER} may not ${action} ${resource}: no service control policy allows it`, scps(policy('Empty'))],
  [`${CALLER} may not ${action} ${resource}: the service control policy Odd at r-ab12 cannot be read, as Statement[0].Sid must be a text, got 5`,
    scps(FULL, policy('Odd', { ...ALLOW_ALL, Sid: 5 }))],
  [`${CALLER} may not ${action} ${resource}: the identity-based policy Odd cannot be read, as the document must be an object, got []`, { identity: [FULL, raw('Odd', [])] }],
  [`${CALLER} may not ${action} ${resource}: Never of the identity-based policy Guard denies it`,
    { identity: [raw('Odd', []), policy('Guard', DENY_ALL)] }],
])('%s', (because, policies, principal = request.principal) => {
  expect(decide({ ...request, principal }, policies).because).toBe(because);
});

test('a document that cannot be read denies beside one that allows, and names the first place that is wrong', () => {
  const odd = policy('Odd', { ...ALLOW_ALL, Resource: 'all', Sid: 5 });
  const verdict = decide(request, { identity: [FULL, odd, raw('Worse', null)] });
  expect(verdict).toMatchObject({ how: 'implicit-deny', policyType: 'identity', policyName: 'Odd' });
  expect(verdict.because).toMatch(/cannot be read, as Statement\[0\]\.Sid must be a text, got 5$/);
  const other = decide(request, { identity: [FULL], session: [FULL, odd], permissionsBoundary: FULL });
  expect([other.policyType, other.allowed]).toEqual(['session', false]);
});

// prettier-ignore
test.each<[why: string, statement: Json]>([
  ['lacks its Action',                 { Effect: 'Allow', Resource: '*' }],
  ['lacks its Resource',               { Effect: 'Allow', Action: '*' }],
  ['has an operator that is none',     { ...ALLOW_ALL, Condition: { StringIs: { 'aws:userid': 'a' } } }],
  ['has an operator without keys',     { ...ALLOW_ALL, Condition: { Bool: 'true' } }],
  ['has a value that is an object',    { ...ALLOW_ALL, Condition: { StringNotEquals: { 'aws:userid': {} } } }],
])('nothing is allowed beside a statement that %s', (_, statement) => {
  const { allowed, policyName } = decide(request, { identity: [FULL, policy('Odd', statement)] });
  expect([allowed, policyName]).toEqual([false, 'Odd']);
});

test('a denial that lacks its action denies nothing by itself', () => {
  const odd = policy('Odd', { Effect: 'Deny', Resource: '*' });
  expect(decide(request, { identity: [FULL, odd] }).how).toBe('implicit-deny');
});

test('the trail has every policy that was looked at, and why its statements did not match', () => {
  const guard = policy('Guard', { ...DENY_ALL, Action: 's3:*' });
  const narrow = policy('Narrow', { Sid: 'Here', ...ALLOW_ALL, Resource: 'arn:aws:ec2:*:*:image/*' });
  const spare = {
    Sid: 'Others',
    Effect: 'Deny',
    NotPrincipal: { AWS: [OWNER, roleOf(OWNER).arn, CALLER] },
    Action: '*',
  };
  const verdict = decide(request, {
    ...scps(FULL, guard),
    identity: [narrow, policy('Not', { Sid: 'Not', ...ALLOW_ALL, NotResource: resource, Resource: undefined })],
    resource: policy('vault', spare, { Sid: 'Else', Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: '*' }),
    session: [
      policy('limits', { Sid: 'Tagged', ...ALLOW_ALL, Condition: { Null: { 'aws:PrincipalTag/a': 'false' } } }),
    ],
  });
  expect(
    verdict.trail.map(({ policyName, statement, effect, because }) => [policyName, statement, effect, because]),
  ).toEqual([
    ['Full at r-ab12', 'Statement[0]', 'Allow', 'Allow by Statement[0]'],
    ['Guard at r-ab12', undefined, 'none', 'no statement has the action'],
    ['vault', undefined, 'none', 'Else: Principal does not name who asks'],
    ['Narrow', undefined, 'none', `Here: Resource does not have ${resource}`],
    ['Not', undefined, 'none', `Not: NotResource leaves out ${resource}`],
    ['limits', undefined, 'none', 'Tagged: Condition.Null aws:PrincipalTag/a: absent against false'],
  ]);
  const denied = decide(request, { identity: [policy('both', ALLOW_ALL, DENY_ALL)] });
  expect(denied.trail).toEqual([
    { policyType: 'identity', policyName: 'both', statement: 'Never', effect: 'Deny', because: 'Deny by Never' },
  ]);
  const alone = decide(request, { identity: [], resource: policy('vault', spare), session: [raw('gone', 'x')] });
  expect(alone.trail.map(({ because }) => because)).toEqual([
    'Others: NotPrincipal spares who asks',
    expect.stringMatching(/^cannot be read: +must be JSON: /),
  ]);
});

// prettier-ignore
test.each<[words: string, policies: PoliciesInForce, principal?: Principal]>([
  [`User: ${CALLER} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in a service control policy`, scps(policy('Guard', DENY_ALL))],
  [`User: ${CALLER} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in an identity-based policy`, { identity: [policy('Guard', DENY_ALL)] }],
  [`User: ${CALLER} is not authorized to perform: ${action} on resource: ${resource} because no permissions boundary allows the ${action} action`, { identity: [FULL], permissionsBoundary: policy('B') }],
  [`User: ${ROOT.arn} is not authorized to perform: ${action} on resource: ${resource} because no service control policy allows the ${action} action`, scps(policy('Empty')), ROOT],
  [`Service: backup.amazonaws.com is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`, { identity: [] }, SERVICE],
])('AWS says: %s', (words, policies, principal = request.principal) => {
  const asked = { ...request, principal };
  expect(accessDeniedText(asked, decide(asked, policies))).toBe(words);
});

test('policies of an identity and of an organization do not bind a service', () => {
  const leave = policy('vault', { ...ALLOW_ALL, Principal: { Service: SERVICE.arn } });
  const verdict = decide({ ...request, principal: SERVICE }, { ...scps(policy('Guard', DENY_ALL)), resource: leave });
  expect([verdict.allowed, verdict.trail.map(({ policyName }) => policyName)]).toEqual([true, ['vault']]);
});

test('of policies that were passed with a session one has to allow, and a statement of the policy that reaches furthest', () => {
  const [narrow, wide] = [policy('narrow', { ...ALLOW_ALL, Action: 's3:*' }), FULL];
  expect(decide(request, { identity: [FULL], session: [narrow, wide] }).allowed).toBe(true);
  expect(decide(request, { identity: [FULL], session: [narrow] }).allowed).toBe(false);
  const account = { Sid: 'Account', ...ALLOW_ALL, Principal: { AWS: OWNER } };
  const direct = { Sid: 'Direct', ...ALLOW_ALL, Principal: { AWS: CALLER } };
  expect(decide(request, { identity: [], resource: policy('vault', account, direct) })).toMatchObject({
    allowed: true,
    statement: 'Direct',
  });
});

test('a grant is for a service too, and for any of its operations', () => {
  const asked = { ...request, action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${OWNER}:key/k` };
  const grants = [{ grantId: 'g', granteePrincipal: SERVICE.arn, operations: ['Encrypt', 'Decrypt'] }];
  const policies = { identity: [], keyPolicy: policy('key'), grants };
  expect(decide({ ...asked, principal: SERVICE }, policies)).toMatchObject({ allowed: true, policyName: 'g' });
  expect(decide(asked, policies).allowed).toBe(false);
});

describe('a verdict may change with the clock alone', () => {
  const timed = (key: string) =>
    policy('timed', ALLOW_ALL, {
      ...ALLOW_ALL,
      Condition: { Bool: { 'aws:SecureTransport': 'true' }, DateLessThan: { [key]: '2027-01-01' } },
    });

  test.each(['aws:CurrentTime', 'AWS:epochtime', 'aws:TokenIssueTime', 'aws:MultiFactorAuthAge'])('by %s', (key) => {
    const one = timed(key);
    const level = [{ target: 'r', policies: [FULL, one] }];
    for (const policies of [
      { identity: [FULL, one] },
      { identity: [], permissionsBoundary: one },
      { identity: [], session: [one] },
      { identity: [], resource: one },
      { identity: [], keyPolicy: one },
      { identity: [], trust: one },
      { identity: [], scps: level },
      { identity: [], rcps: level },
    ]) {
      expect(readsClock(policies)).toBe(true);
    }
  });

  test('but by no other key, and not without policies', () => {
    expect(readsClock({ identity: [FULL, timed('aws:userid')], scps: [] })).toBe(false);
    expect(readsClock({ identity: [] })).toBe(false);
  });
});
