import { BlueprintDocument } from '@holdfast/model';

const BLUEPRINT = { schema: 'holdfast.blueprint/1' };

/** Documents, and what is found in them. */
// prettier-ignore
const ROWS: [rule: string, what: 'passes' | 'fails', document: unknown, message: string | undefined][] = [
  ['blueprint-document', 'passes', BLUEPRINT, undefined],
  ['blueprint-document', 'passes', { ...BLUEPRINT, vaults: [{ backupVaultName: 'main', vaultLock: { minRetentionDays: 7 } }] }, undefined],
  ['blueprint-document', 'passes', { ...BLUEPRINT, vaults: undefined }, undefined],
  ['blueprint-document', 'fails',  undefined,                                'b.yaml must be an object, got nothing'],
  ['blueprint-document', 'fails',  [],                                       'b.yaml must be an object, got []'],
  ['blueprint-document', 'fails',  {},                                       'b.yaml: schema is not set'],
  ['blueprint-document', 'fails',  { schema: 'holdfast.blueprint/2' },       'b.yaml: schema must be holdfast.blueprint/1, got holdfast.blueprint/2'],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, vault: [] },              'b.yaml: vault is not a field here; did you mean vaults?'],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, vaults: {} },             'b.yaml: vaults must be a list, got {}'],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, resourcesAreComplete: 1 }, 'b.yaml: resourcesAreComplete must be true or false, got 1'],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, vaults: [{ tags: { a: 1 } }] }, 'b.yaml: vaults[0].tags.a must be text, got 1 (quote it)'],
  ['blueprint-document', 'passes', { ...BLUEPRINT, vaults: [{ accessPolicy: '{}' }] }, undefined],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, vaults: [{ accessPolicy: 'x' }] }, 'b.yaml: vaults[0].accessPolicy must be a policy document, or one as JSON text, got a text that is no JSON'],
  ['blueprint-document', 'passes', { ...BLUEPRINT, frameworks: [] },         undefined],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, organizations: [{ organizationId: 'o-1', rootId: 'r-1' }] }, 'b.yaml: organizations must be declared by constructs of their own, got 1 in a blueprint, which commands alone read'],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, frameworks: [{ frameworkName: 'f', controls: [] }] }, 'b.yaml: frameworks must be declared by constructs of their own, got 1 in a blueprint, which commands alone read'],
  ['blueprint-document', 'fails',  { ...BLUEPRINT, restoreTestingPlans: [{ recoveryPointSelection: {} }] }, 'b.yaml: restoreTestingPlans must be declared by constructs of their own, got 1 in a blueprint, which commands alone read'],
];

test('everything that does not fit is found', () => {
  const document = { ...BLUEPRINT, vaults: [{ tags: { a: 1 } }], plans: {}, resourcesAreComplete: 1 };
  expect(BlueprintDocument.check(document, 'b.yaml').map(({ path }) => path)).toEqual([
    'b.yaml: vaults[0].tags.a',
    'b.yaml: plans',
    'b.yaml: resourcesAreComplete',
  ]);
  expect(BlueprintDocument.SHAPE.tryFindFault(document, '')?.place).toBe('vaults[0].tags.a');
});

test.each(ROWS)('%s %s for %j', (rule, _, document, message) => {
  const found = BlueprintDocument.check(document, 'b.yaml');
  expect(found.map((finding) => [finding.rule, `${finding.path} ${finding.message}`])).toEqual(
    message === undefined ? [] : [[rule, message]],
  );
});
