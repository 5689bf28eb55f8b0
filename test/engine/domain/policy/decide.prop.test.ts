import fc from 'fast-check';
import { decide } from '../../../../engine/src/domain/policy/decide';
import { documentOf } from '../../../../engine/src/domain/policy/document';
import type { PoliciesInForce } from '../../../../engine/src/domain/policy/policies';
import { Json, policy, policiesWith, POLICY_TYPES, requestFor } from './place-table';

const ACTIONS = ['*', 'backup:*', 'backup:DeleteRecoveryPoint', 'backup:?elete*', 's3:*', 'kms:Decrypt'];
const RESOURCES = ['*', 'arn:aws:ec2:*::snapshot/*', 'arn:aws:backup:*:*:*', 'arn:aws:kms:*:*:key/*'];
const CONDITIONS = [
  {},
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringNotEquals: { 'aws:SourceIdentity': 'ann' } },
  { 'ForAllValues:StringLike': { 'aws:TagKeys': 'a*' } },
];

const statement = (effect: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  fc
    .record({
      Effect: effect,
      Action: fc.constantFrom(...ACTIONS),
      Resource: fc.constantFrom(...RESOURCES),
      Condition: fc.constantFrom(...CONDITIONS),
      not: fc.constantFrom('', 'Action', 'Resource'),
    })
    .map(({ not, ...json }): Json => {
      const { Action, Resource, ...rest } = json;
      return {
        ...rest,
        [not === 'Action' ? 'NotAction' : 'Action']: Action,
        [not === 'Resource' ? 'NotResource' : 'Resource']: Resource,
      };
    });

const either = statement(fc.constantFrom('Allow', 'Deny'));
const place = fc.constantFrom(...POLICY_TYPES);
const scope = fc.constantFrom('same' as const, 'cross' as const);

/** Everything allows but for what one policy says. */
function within(type: (typeof POLICY_TYPES)[number], where: 'same' | 'cross', statements: Json[]): PoliciesInForce {
  const ofResource = ['resource', 'key', 'trust', 'resource-control'].includes(type);
  const whole = statements.map(({ Resource, NotResource, ...rest }) => ({
    ...rest,
    ...(ofResource ? { Principal: '*' } : {}),
    ...(type === 'trust' ? {} : NotResource === undefined ? { Resource } : { NotResource }),
  }));
  const base = policiesWith(type, where, 'Deny', { Bool: { 'aws:SecureTransport': 'false' } });
  const tried = policy('tried', ...whole);
  const levels = [{ target: 'r-ab12', policies: [tried] }];
  const put: Partial<Record<(typeof POLICY_TYPES)[number], Partial<PoliciesInForce>>> = {
    'service-control': { scps: levels },
    'resource-control': { rcps: levels },
    resource: { resource: tried },
    key: { keyPolicy: tried },
    trust: { trust: tried },
    'permissions-boundary': { permissionsBoundary: tried },
    session: { session: [tried] },
  };
  return { ...base, ...(put[type] ?? { identity: [tried] }) };
}

test('a statement more that denies never allows more', () => {
  fc.assert(
    fc.property(
      place,
      scope,
      fc.array(either, { maxLength: 4 }),
      statement(fc.constant('Deny')),
      (type, where, all, deny) => {
        const before = decide(requestFor(type, where), within(type, where, all));
        const after = decide(requestFor(type, where), within(type, where, [...all, deny]));
        expect(before.allowed || !after.allowed).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

test('the order of statements changes no verdict', () => {
  const shuffled = fc
    .array(either, { minLength: 2, maxLength: 5 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(place, scope, shuffled, (type, where, [all, other]) => {
      const [a, b] = [all, other].map((list) => decide(requestFor(type, where), within(type, where, list)));
      expect([a?.how, a?.policyType]).toEqual([b?.how, b?.policyType]);
    }),
    { numRuns: 300 },
  );
});

test('a document without an Allow never makes an identity allow', () => {
  fc.assert(
    fc.property(fc.array(statement(fc.constant('Deny')), { maxLength: 4 }), (all) => {
      expect(decide(requestFor('identity', 'same'), within('identity', 'same', all)).allowed).toBe(false);
    }),
  );
});

test('no document makes it throw; what cannot be read denies, and the verdict names the place', () => {
  const odd = fc.oneof(
    fc.anything(),
    fc.string(),
    fc.record({ Version: fc.anything(), Statement: fc.anything() }),
    fc.record({
      Version: fc.constant('2012-10-17'),
      Statement: fc.array(
        fc.record({
          Effect: fc.constantFrom('Allow', 'Deny', 'allow', 1),
          Action: fc.oneof(fc.constant('*'), fc.anything()),
          Resource: fc.oneof(fc.constant('*'), fc.anything()),
          Condition: fc.oneof(fc.constant({}), fc.anything(), fc.dictionary(fc.string(), fc.anything())),
        }),
      ),
    }),
  );
  fc.assert(
    fc.property(place, scope, odd, (type, where, document) => {
      const given = { name: 'odd', document };
      const base = within(type, where, [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
      const policies = { ...base, identity: [...base.identity, given] };
      const verdict = decide(requestFor(type, where), policies);
      const [fault] = documentOf(given, 'identity').faults;
      if (fault !== undefined) {
        expect(verdict.allowed).toBe(false);
        expect(verdict.how === 'explicit-deny' || verdict.because.includes(`${fault.place || 'the document'} `)).toBe(
          true,
        );
      }
    }),
    { numRuns: 500 },
  );
});
