import { App } from 'aws-cdk-lib/core';
import { buildEstate as buildEstateCdk } from '../../examples/estate-cdk/estate';
import { buildEstate as buildFirst } from '../../examples/first/estate';
import { naggedApp, nagFindings } from '../lib/support/scans';

test.each([
  ['estate-cdk', buildEstateCdk],
  ['first', buildFirst],
])(
  'cdk-nag finds nothing wrong in what examples/%s renders of ours',
  (_, build) => {
    const app: App = naggedApp();
    build(app);
    expect(nagFindings(app)).toEqual([]);
  },
  120_000,
);
