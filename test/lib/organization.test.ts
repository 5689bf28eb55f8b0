import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { declareEveryOrganization } from './support/everything-organization';
import { cfnLint, naggedApp, nagFindings } from './support/scans';
import { annotations, stackOf } from './support/stacks';

const SLOW = 120_000;

// prettier-ignore
test.each([
  ['of a known place',    { env: { account: '111122223333', region: 'eu-central-1' } }],
  ['of any place',        {}],
])('all constructs for organizations, in a stack %s, are clean under cdk-nag and cfn-lint', (what, props) => {
  const app: App = naggedApp();
  declareEveryOrganization(new Stack(app, 'S', props));
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, `everything for organizations, ${what}`)).toBe('');
  const { accounts } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'effective-policies.json'), 'utf8'));
  expect(Object.keys(accounts[0].content.plans as object)).toEqual(['tagged', 'typed']);
}, SLOW);

test('everything for organizations is declared without a warning but those that are waived', () => {
  const stack = stackOf();
  declareEveryOrganization(stack);
  expect(annotations(stack, 'warning')).toEqual([]);
});
