import {
  Finding,
  Guardrail,
  GuardrailCatalog,
  GuardrailDeclaration,
  GuardrailPolicies,
  GuardrailPolicyType,
  OrganizationsLimits,
  Severity,
} from '@holdfast/model';
import * as fc from 'fast-check';
import { Context, denied, list, Request } from './guardrail-oracle';
import { many, PLAIN } from './rows';

const REGIONS = [
  'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2',
  'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ca-central-1', 'eu-central-1',
  'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-2', 'us-east-1', 'us-west-2',
]; // prettier-ignore
const ORGANIZATION = 'o-a1b2c3d4e5';

const LETTERS = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@-_');
const text = (least: number, most: number) => fc.string({ unit: LETTERS, minLength: least, maxLength: most });
const account = fc.oneof(fc.constant('*'), fc.integer({ min: 1e11, max: 1e12 - 1 }).map(String));
const path = fc.oneof(
  { arbitrary: fc.constant(''), weight: 3 },
  { arbitrary: text(1, 30).map((p) => `${p}/`), weight: 1 },
);
const role = fc
  .tuple(account, path, text(1, 64), fc.boolean())
  .map(([id, folder, name, star]) => `arn:aws:iam::${id}:role/${folder}${name}${star ? '*' : ''}`);
const roles = fc.integer({ min: 0, max: 40 }).chain((most) => fc.array(role, { minLength: most, maxLength: most }));

const guardrails = fc
  .record({
    regions: fc.shuffledSubarray(REGIONS, { minLength: 1 }),
    more: fc.shuffledSubarray(REGIONS, { minLength: 1 }),
    paths: fc.array(
      text(8, 8).map((unit) => `${ORGANIZATION}/r-ab12/ou-ab12-${unit}/*`),
      { minLength: 1, maxLength: 20 },
    ),
    days: fc.integer({ min: 1, max: 36500 }),
  })
  .map(({ regions, more, paths, days }) => {
    const bound = [
      Guardrail.copiesOnlyToRegions(regions),
      Guardrail.copiesOnlyToOrganizationPaths(paths),
      Guardrail.residency(more),
      Guardrail.lockFloor({ minRetentionDays: days }),
    ];
    return [...GuardrailCatalog.all().filter(({ id }) => !bound.some((own) => own.id === id)), ...bound];
  })
  .chain((all) => fc.shuffledSubarray(all, { minLength: 1 }));

const declaration: fc.Arbitrary<GuardrailDeclaration> = fc
  .tuple(
    guardrails,
    roles,
    fc.nat(100),
    fc.nat(100),
    fc.constantFrom(OrganizationsLimits.CURRENT, OrganizationsLimits.OLDER),
  )
  .map(([chosen, all, a, b, limits]) => {
    const [first, second] = [
      Math.floor((all.length * Math.min(a, b)) / 100),
      Math.floor((all.length * Math.max(a, b)) / 100),
    ];
    return {
      guardrails: chosen,
      breakGlassRoleArns: all.slice(0, first),
      deploymentRoleArns: all.slice(first, second),
      backupRoleArns: all.slice(second),
      limits,
    };
  });

function limitOf(policyType: GuardrailPolicyType, limits: OrganizationsLimits): [characters: number, slots: number] {
  switch (policyType) {
    case GuardrailPolicyType.SERVICE_CONTROL_POLICY:
      return [limits.serviceControlPolicyCharacters, limits.serviceControlPoliciesAttached - 1];
    case GuardrailPolicyType.RESOURCE_CONTROL_POLICY:
      return [limits.resourceControlPolicyCharacters, limits.resourceControlPoliciesAttached - 1];
    default:
      return [limits.declarativePolicyCharacters, limits.declarativePoliciesAttached];
  }
}

function errorsOf(findings: Finding[]): string[] {
  return findings.filter(({ severity }) => severity === Severity.ERROR).map(({ rule }) => rule);
}

test('no policy is above its limit, and none too many goes unsaid, whatever the roles, Regions and guardrails', () => {
  fc.assert(
    fc.property(declaration, (declared) => {
      const { policies, findings } = GuardrailPolicies.pack(declared, '', PLAIN);
      for (const policyType of Object.values(GuardrailPolicyType)) {
        const own = policies.filter((policy) => policy.policyType === policyType);
        const [characters, slots] = limitOf(policyType, declared.limits!);
        for (const { content, sizeCharacters } of own) {
          expect(sizeCharacters).toBe(JSON.stringify(content).length);
          expect(sizeCharacters).toBeLessThanOrEqual(characters);
        }
        expect(own.length > slots).toBe(
          findings.some(({ rule, message }) => rule === 'guardrail-attachments' && message.includes(policyType)),
        );
      }
      expect(errorsOf(findings).filter((rule) => rule !== 'guardrail-attachments')).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

test('forty roles and twenty Regions fit into what a target takes, with all that is recommended', () => {
  const forty = fc.array(fc.tuple(account, text(1, 40)), { minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(forty, fc.nat(40), (names, glass) => {
      const arns = names.map(([id, name]) => `arn:aws:iam::${id}:role/${name}`);
      const declared = {
        guardrails: GuardrailCatalog.recommended({
          regions: REGIONS,
          copyOrganizationPaths: [`${ORGANIZATION}/*`],
          lockMinRetentionDays: 35,
          organizationId: ORGANIZATION,
          reportBucketNames: ['reports'],
        }),
        breakGlassRoleArns: arns.slice(0, glass),
        deploymentRoleArns: arns.slice(glass),
      };
      const { policies, findings } = GuardrailPolicies.pack(declared, '', PLAIN);
      expect(errorsOf(findings)).toEqual([]);
      expect(
        policies.filter((policy) => policy.policyType === GuardrailPolicyType.SERVICE_CONTROL_POLICY).length,
      ).toBeLessThanOrEqual(3);
    }),
    { numRuns: 10 },
  );
});

/** A request that may meet the statement: its action, a resource and a principal of its patterns, keys present or not. */
function requestTo(declared: GuardrailDeclaration, statements: readonly any[]): fc.Arbitrary<Request> {
  const filled = (pattern: string, fill: string): string => pattern.replace(/\*/g, fill);
  const principals = [
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:role/admin',
    ...(declared.breakGlassRoleArns ?? []),
    ...(declared.deploymentRoleArns ?? []),
    ...(declared.backupRoleArns ?? []),
  ];
  return fc
    .tuple(fc.constantFrom(...statements), fc.constantFrom(...principals), text(1, 6))
    .chain(([statement, principal, fill]) =>
      fc.record({
        action: fc.constantFrom(...(list(statement.Action) as string[])).map((action) => filled(action, fill)),
        resource: fc.constantFrom(...(list(statement.Resource) as string[])).map((pattern) => filled(pattern, fill)),
        principal: fc.constant(filled(principal, fill)),
        context: contextOf(statement, fill),
      }),
    );
}

function contextOf(statement: any, fill: string): fc.Arbitrary<Context> {
  const keys = Object.values(statement.Condition ?? {}).flatMap((key) => Object.entries(key as object));
  const values = keys
    .filter(([key]) => key !== 'aws:PrincipalArn')
    .map(([key, wanted]): [string, fc.Arbitrary<any>] => {
      const own = list(wanted).map((value) => (typeof value === 'number' ? value : String(value).replace(/\*/g, fill)));
      const one = fc.constantFrom(
        ...own,
        typeof own[0] === 'number' ? 5 : 'elsewhere',
        typeof own[0] === 'number' ? 36500 : 'true',
      );
      const several = key.startsWith('backup:Copy') || key === 'aws:TagKeys';
      const given: fc.Arbitrary<unknown> = several ? fc.array(one, { minLength: 1, maxLength: 2 }) : one;
      return [key, fc.option(given, { nil: undefined })];
    });
  return fc.record(Object.fromEntries(values));
}

test('packed policies deny what their statements deny one by one, and nothing else', () => {
  let seen = { denied: 0, passed: 0 };
  const property = fc.property(
    declaration.chain((declared) => {
      const loose = declared.guardrails.flatMap((guardrail) => guardrail.statements(declared));
      return fc.tuple(
        fc.constant(declared),
        fc.constant(loose),
        loose.length === 0 ? fc.constant([]) : fc.array(requestTo(declared, loose), { minLength: 30, maxLength: 30 }),
      );
    }),
    ([declared, loose, requests]) => {
      const { policies } = GuardrailPolicies.pack(declared, '', PLAIN);
      const packed = policies.flatMap(({ content }) => content.Statement ?? []);
      for (const request of requests) {
        const verdict = denied(loose, request);
        expect([request, denied(packed, request)]).toEqual([request, verdict]);
        seen = { denied: seen.denied + (verdict ? 1 : 0), passed: seen.passed + (verdict ? 0 : 1) };
      }
    },
  );
  fc.assert(property, { numRuns: 60 });
  // Requests of both kinds, or the comparison would say little.
  expect(Math.min(seen.denied, seen.passed)).toBeGreaterThan(200);
});

test('the same declaration gives the same policies, and each says why each statement is there', () => {
  fc.assert(
    fc.property(declaration, (declared) => {
      const { policies } = GuardrailPolicies.pack(declared, '', PLAIN);
      expect(GuardrailPolicies.pack(declared, '', PLAIN).policies).toEqual(policies);
      for (const { content, statements } of policies) {
        for (const statement of content.Statement ?? []) {
          // Each statement keeps the condition of those that it is made of, to the last role.
          const loose = declared.guardrails.flatMap((guardrail) => guardrail.statements(declared));
          const { Sid: _, Action: __, Resource: ___, ...rest } = statement;
          expect(loose.map(({ Action: _a, Resource: _r, ...other }) => other)).toContainEqual(rest);
        }
        const sids = (content.Statement ?? []).map(({ Sid }: { Sid: string }) => Sid);
        expect(sids.filter((sid: string) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
        expect(new Set(sids).size).toBe(sids.length);
        if (content.Statement !== undefined) {
          expect(statements.map(({ sid }) => sid)).toEqual(sids);
        }
        for (const { guardrails: ids, attacks } of statements) {
          expect(attacks).toEqual(
            ids.map((id) => declared.guardrails.find((guardrail) => guardrail.id === id)?.attack),
          );
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('a limit that takes but one statement divides the rest by actions and resources, never by roles', () => {
  const breakGlassRoleArns = many(5, (index) => `arn:aws:iam::111122223333:role/break-glass-${index}`);
  const declared = {
    guardrails: [Guardrail.protectPlans(), Guardrail.protectExemptRoles(), Guardrail.protectRecoveryPoints()],
    breakGlassRoleArns,
    limits: OrganizationsLimits.of({ serviceControlPolicyCharacters: 700, serviceControlPoliciesAttached: 100 }),
  };
  const { policies, findings } = GuardrailPolicies.pack(declared, '', PLAIN);
  expect(errorsOf(findings)).toEqual([]);
  expect(policies.length).toBeGreaterThan(5);
  for (const { content } of policies) {
    for (const { Action, Condition } of content.Statement) {
      // Nobody at all passes break-glass roles.
      const exempt = Condition === undefined && Action === 'iam:PassRole' ? [] : breakGlassRoleArns;
      expect(Condition?.ArnNotLike['aws:PrincipalArn'] ?? []).toEqual(exempt);
    }
  }
});
