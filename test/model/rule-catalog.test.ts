import * as fs from 'node:fs';
import * as path from 'node:path';
import { Effect, RuleCatalog, Severity } from '@holdfast/model';

const ALL = RuleCatalog.all();
/** Rules of constructs, which are no declarations: lib and provider alone can tell that nothing backs one up. */
const OF_CONSTRUCTS = [
  'copy-destination-conflict',
  'key-policy-elsewhere',
  'mandate-value',
  'organization-plan-of-one-account',
  'restore-testing-selection-construct-not-supported',
  'restore-testing-selection-one-type',
  'selection-construct-not-supported',
  'terraform-list-known',
  'terraform-roles-region',
  'terraform-unread',
];
/** Rules of artifacts and their policies, of which declarations say nothing. */
const OF_ARTIFACTS = [
  'cloudformation-property',
  'organization-selection-role-allowed',
  'organization-selection-role-usable',
  'restore-testing-selection-role-allowed',
  'restore-testing-selection-role-usable',
  'selection-role-allowed',
  'selection-role-usable',
];
const NOUNS = [
  'alarm',
  'audit-parameter',
  'blueprint',
  'budget',
  'cloudformation',
  'compliance',
  'config-recorder',
  'config-rule',
  'conformance-pack',
  'copy-action',
  'copy-back',
  'copy-destination',
  'dashboard',
  'estate',
  'event',
  'framework',
  'global-settings',
  'guardrail',
  'key',
  'legal-hold',
  'lifecycle',
  'logically-air-gapped-vault',
  'mandate',
  'organization',
  'plan',
  'region-settings',
  'report-bucket',
  'report-plan',
  'resource',
  'restore-access-vault',
  'restore-runbook',
  'restore-testing-plan',
  'restore-testing-selection',
  'restore-validation',
  'rule',
  'scan-action',
  'scan-setting',
  'schedule',
  'selection',
  'tag',
  'terraform',
  'tiering-configuration',
  'vault',
];

function texts(folder: string): string {
  const root = path.join(__dirname, '..', folder);
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.ts'))
    .map((entry) => fs.readFileSync(path.join(root, entry.name), 'utf8'))
    .join('\n');
}

test('every rule is a row of a table', () => {
  const rows = {
    model: texts('model'),
    constructs: texts('lib') + texts('provider'),
    artifacts: texts('engine/cli'),
  };
  const missing = ALL.filter(({ rule }) => {
    const elsewhere = OF_ARTIFACTS.includes(rule) ? rows.artifacts : rows.model;
    const where = OF_CONSTRUCTS.includes(rule) ? rows.constructs : elsewhere;
    return !where.includes(`'${rule}'`) && !where.includes(`[${rule}]`);
  });
  expect(missing.map(({ rule }) => rule)).toEqual([]);
});

test('every row of a rule that is in no catalogue is gone', () => {
  const named = [...texts('model').matchAll(/'((?:[a-z]+-)+[a-z]+)', +'(?:passes|fails)'/g)].map((match) => match[1]!);
  const unknown = named.filter((rule) => RuleCatalog.tryFind(rule) === undefined);
  expect(named.length).toBeGreaterThan(100);
  expect(unknown).toEqual([]);
});

test('an id is one rule, kebab-case, and begins with its noun', () => {
  const ids = ALL.map(({ rule }) => rule);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
  expect(ids.filter((id) => !NOUNS.some((noun) => id.startsWith(`${noun}-`)))).toEqual([]);
});

test('a rule says what is allowed, in words that follow "must be", and where that is from', () => {
  const wrong = ALL.filter(
    ({ allowed, source }) =>
      allowed.length < 3 ||
      /\.$|must be|invalid|illegal|please/i.test(allowed) ||
      !/^https:\/\/docs\.aws\.amazon\.com\/|^(Assumed; )?AWS Backup facts|^inventory$|^the rules themselves$|^the clause of the standard|^the mandate that the message names$/.test(
        source,
      ),
  );
  expect(wrong).toEqual([]);
});

test('what AWS refuses is an error', () => {
  const mild = ALL.filter(({ effect, severity }) => effect === Effect.REFUSED_BY_AWS && severity !== Severity.ERROR);
  expect(mild).toEqual([]);
});

test('finds a rule by its id', () => {
  expect(RuleCatalog.find('vault-lock-grace-time').allowed).toContain('3 to 36500');
  expect(RuleCatalog.tryFind('vault-lock-grace')).toBeUndefined();
});

test('fails to find an id that no rule has', () => {
  expect(() => RuleCatalog.find('vault-lock-grace')).toThrow(
    'rule must be one of the table of rules, got vault-lock-grace',
  );
});
