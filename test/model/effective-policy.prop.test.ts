import { AttachedPolicy, EffectivePolicies, EffectivePolicy } from '@holdfast/model';
import * as fc from 'fast-check';

const ACCOUNT = '111122223333';
const CONTROL = '@@operators_allowed_for_child_policies';

/** Levels of policies, from the root down to the account. */
type Levels = readonly (readonly AttachedPolicy[])[];

function effective([root = [], ...below]: Levels): EffectivePolicy {
  const nested = below.reduceRight<{ id: string; policies: AttachedPolicy[]; children?: [] }[]>(
    (children, policies, index) => [
      {
        id: index === below.length - 1 ? ACCOUNT : `ou-a1b2-0000000${index}`,
        policies: [...policies],
        children,
      } as never,
    ],
    [],
  );
  return EffectivePolicies.preview({ id: 'r-a1b2', policies: [...root], children: nested })[0]!;
}

const listOperator = fc.constantFrom('@@assign', '@@append', '@@remove');
const regions = fc.subarray(['eu-central-1', 'eu-west-1', 'us-east-1'], { minLength: 1 });
const control = fc.option(
  fc.oneof(fc.constantFrom(['@@all'], ['@@none']), fc.subarray(['@@assign', '@@append', '@@remove'], { minLength: 1 })),
  { nil: undefined },
);

function controlled(node: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc.tuple(node, control).map(([one, set]) => (set === undefined ? one : { [CONTROL]: set, ...one }));
}

const list = fc.tuple(listOperator, regions).map(([operator, values]) => ({ [operator]: values }));
const days = fc.integer({ min: 1, max: 99 }).map((value) => ({ '@@assign': String(value) }));
const rule = controlled(
  fc.record({ lifecycle: controlled(fc.record({ delete_after_days: controlled(days) })) }, { requiredKeys: [] }),
);
const plan = controlled(
  fc.record(
    { regions: controlled(list), rules: controlled(fc.dictionary(fc.constantFrom('daily', 'weekly'), rule)) },
    { requiredKeys: [] },
  ),
);
const plans = controlled(fc.dictionary(fc.constantFrom('one', 'two'), plan));
const policies = fc.uniqueArray(
  fc.record({ policyName: fc.constantFrom('a', 'b', 'c'), content: plans.map((content) => ({ plans: content })) }),
  { selector: ({ policyName }) => policyName, maxLength: 3 },
);
const levels = fc.tuple(policies, policies, policies);

test('the order in which the policies of a node are given does not matter', () => {
  fc.assert(
    fc.property(levels, (all) => {
      const reversed = all.map((level) => [...level].reverse());
      expect(effective(reversed)).toEqual(effective(all));
    }),
  );
});

test('without a conflict the names of the policies of a node do not matter either', () => {
  fc.assert(
    fc.property(levels, (all) => {
      const before = effective(all);
      fc.pre(before.findings.every(({ rule: id }) => id !== 'organization-policy-conflict'));
      const other: Record<string, string> = { a: 'z', b: 'y', c: 'x' };
      const renamed = all.map((level) =>
        level.map(({ policyName, content }) => ({ policyName: other[policyName]!, content })),
      );
      expect(valuesOf(effective(renamed))).toEqual(valuesOf(before));
    }),
  );
});

test('what the root closes no policy below changes', () => {
  fc.assert(
    fc.property(policies, policies, policies, (root, unit, account) => {
      const closed = { policyName: 'closed', content: { plans: { [CONTROL]: ['@@none'] } } };
      expect(valuesOf(effective([[...root, closed], unit, account]))).toEqual(valuesOf(effective([root, [], []])));
    }),
  );
});

test('a control that a child sets never lets more through than without it', () => {
  fc.assert(
    fc.property(policies, control, policies, (root, set, account) => {
      fc.pre(set !== undefined);
      const child = { policyName: 'child', content: { plans: { [CONTROL]: set } } };
      const heeded = (one: EffectivePolicy) => one.ignored.filter(({ policy }) => policy.endsWith(ACCOUNT)).length;
      const [without, with_] = [effective([root, [], account]), effective([root, [child], account])];
      expect(heeded(with_)).toBeGreaterThanOrEqual(heeded(without));
    }),
  );
});

test('a policy that is attached again further down changes no value', () => {
  fc.assert(
    fc.property(policies, (root) => {
      const one = root.slice(0, 1);
      expect(valuesOf(effective([one, one, one]))).toEqual(valuesOf(effective([one, [], []])));
    }),
  );
});

test('every value says who set it, and the content holds no operator', () => {
  fc.assert(
    fc.property(levels, (all) => {
      const { settings, content } = effective(all);
      expect(settings.every(({ values, setBy }) => values.length > 0 && setBy.length > 0)).toBe(true);
      expect(JSON.stringify(content)).not.toContain('@@');
    }),
  );
});

/** The values alone, lists as sets: in which order they are appended means nothing. */
function valuesOf({ settings }: EffectivePolicy): object {
  return Object.fromEntries(settings.map(({ path, values }) => [path, [...values].sort()]));
}
